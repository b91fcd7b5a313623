import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/form.tsx'
import { FilterBar } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import type { CannedAnswer } from '../canned-answers.ts'
import type { Reader } from './request-parts.tsx'

type Props = { t: Reader['t']; number: string; answers: CannedAnswer[]; chosen: string | undefined }

/** Writes the text below with a canned answer. */
export function ChooseAnswer({ t, number, answers, chosen = '' }: Props) {
  const manage = <a href={urls.admin.answers.to()}>{t('requests.answers.title')}</a>
  if (answers.length === 0) return <p>{manage}</p>
  return (
    <>
      <FilterBar
        t={t}
        form={{ values: { answer: chosen }, errors: {} }}
        action={`${urls.admin.request.to({ request: number })}#answer`}
        label={t('requests.answers.choose')}
      >
        <SelectField
          name="answer"
          label={t('requests.answers.choose')}
          options={answers.map(({ id, name }) => ({ value: id, text: name }))}
          width="medium"
        />
        <Button>{t('requests.answers.use')}</Button>
      </FilterBar>
      <p>{manage}</p>
    </>
  )
}
