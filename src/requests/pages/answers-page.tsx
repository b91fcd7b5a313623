import { type Locale, localeNames, locales, type T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, type FormState, TextArea, TextField } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import { placeholders } from '../answer-rules.ts'
import type { CannedAnswer } from '../canned-answers.ts'
import { longestMessage } from '../schemas.ts'

/** The canned answers of the vendor, and a form for another one. */
export function AnswersBody(props: { t: T; answers: CannedAnswer[]; form: FormState; new_id: string }) {
  const { t, answers, form, new_id } = props
  return (
    <>
      <Card flush>
        <DataTable
          t={t}
          caption={t('requests.answers.title')}
          rows={answers}
          empty={{ title: t('requests.answers.empty'), text: t('requests.answers.empty_text') }}
          columns={[
            { key: 'name', head: t('requests.answers.name'), main: true, cell: ({ name }) => <Text>{name}</Text> },
            { key: 'languages', head: t('requests.answers.languages'), cell: ({ texts }) => languagesOf(texts) },
            {
              key: 'change',
              head: t('ui.actions'),
              quietHead: true,
              cell: ({ id, name }) => (
                <LinkButton
                  small
                  icon="edit"
                  href={urls.admin.answer.to({ answer: id })}
                  label={t('requests.answers.change', { name })}
                >
                  {t('requests.answers.open')}
                </LinkButton>
              ),
            },
          ]}
        />
      </Card>
      <Card title={t('requests.answers.new')} id="new">
        <AnswerForm t={t} form={form} answer={undefined} id={new_id} />
      </Card>
    </>
  )
}

/** One canned answer, to be changed or removed. */
export function AnswerBody({ t, answer, form }: { t: T; answer: CannedAnswer; form: FormState }) {
  const { id, revision } = answer
  return (
    <>
      <Card>
        <AnswerForm t={t} form={form} answer={answer} id={id} />
      </Card>
      <Card title={t('requests.answers.remove')}>
        <form method="post" action={urls.admin.deleteAnswer.to({ answer: id })}>
          <p>{t('requests.answers.remove_text')}</p>
          <input type="hidden" name="revision" value={String(revision)} />
          <Button look="danger" icon="trash">
            {t('requests.answers.remove')}
          </Button>
        </form>
      </Card>
    </>
  )
}

function AnswerForm({ t, form, answer, id }: { t: T; form: FormState; answer: CannedAnswer | undefined; id: string }) {
  const hint = t('requests.answers.hint', { placeholders: placeholders.map((name) => `{${name}}`).join(' ') })
  return (
    <Form t={t} form={form} action={urls.admin.answers.to()} unmarked>
      <input type="hidden" name="answer_id" value={id} />
      <input type="hidden" name="revision" value={String(answer?.revision ?? 0)} />
      <TextField
        name="name"
        label={t('requests.answers.name')}
        value={answer?.name}
        maxlength={80}
        width="medium"
        autocomplete="off"
        required
      />
      <p class="form-hint">{hint}</p>
      {locales.map((locale) => (
        <TextArea
          name={`text_${locale}`}
          label={t('requests.answers.text', { language: localeNames[locale] })}
          value={answer?.texts[locale]}
          maxlength={longestMessage}
          rows={4}
        />
      ))}
      <Actions>
        <Button look="primary">{t('requests.answers.save')}</Button>
      </Actions>
    </Form>
  )
}

function languagesOf(texts: Partial<Record<Locale, string>>): string {
  return locales
    .filter((locale) => texts[locale])
    .map((locale) => localeNames[locale])
    .join(', ')
}
