import { Button } from '../../ui/button.tsx'
import { SelectField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { CannedAnswer } from '../canned-answers.ts'
import type { Reader } from './request-parts.tsx'

/** Adds a canned answer to what is written below. */
export function ChooseAnswer({ t, number, answers }: { t: Reader['t']; number: string; answers: CannedAnswer[] }) {
  const manage = <a href={urls.admin.answers.to()}>{t('requests.answers.title')}</a>
  if (answers.length === 0) return <p>{manage}</p>
  return (
    <>
      <SelectField
        name="answer"
        label={t('requests.answers.choose')}
        options={answers.map(({ id, name }) => ({ value: id, text: name }))}
        width="medium"
        after={
          <Button name="use" value="yes" formaction={`${urls.admin.answerRequest.to({ request: number })}#answer`}>
            {t('requests.answers.use')}
          </Button>
        }
      />
      <p>{manage}</p>
    </>
  )
}
