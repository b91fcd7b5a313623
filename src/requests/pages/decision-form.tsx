import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Fieldset, Form, SelectField, TextArea, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { Choice } from '../kinds.ts'
import { acceptedAs } from '../rules.ts'
import { longestMessage } from '../schemas.ts'
import { ChooseAnswer } from './choose-answer.tsx'
import type { DecideProps } from './decide-page.tsx'
import { FilesField } from './files-field.tsx'

/** One text for whatever is done with it: an answer, a note, or the reason of a decision. */
export function DecisionForm(props: DecideProps) {
  const { reader, request, form, message_id, language, answers } = props
  const { t } = reader
  const { number, state } = request
  const isOpen = state === 'open'
  const answer = urls.admin.answerRequest.to({ request: number })
  return (
    <Card title={t('requests.answer.title')} id="answer">
      <Form
        t={t}
        form={form}
        action={isOpen ? urls.admin.decideRequest.to({ request: number }) : answer}
        unmarked
        multipart
      >
        <input type="hidden" name="message_id" value={message_id} />
        <ChooseAnswer t={t} number={number} answers={answers} />
        <TextArea
          name="reason"
          label={t('requests.answer.text')}
          hint={
            <>
              {t('requests.answer.text_hint')} {t('requests.answer.language', { language })}
            </>
          }
          rows={6}
          maxlength={longestMessage}
        />
        <FilesField t={t} />
        <Actions>
          {isOpen && (
            <Button icon="mail" name="internal" value="no" formaction={answer}>
              {t('requests.answer.send')}
            </Button>
          )}
          <Button icon="lock" name="internal" value="yes" formaction={answer}>
            {t('requests.answer.note')}
          </Button>
        </Actions>
        {isOpen && (
          <>
            <hr />
            <Decide {...props} />
          </>
        )}
      </Form>
    </Card>
  )
}

function Decide({ reader: { t }, request: { kind }, choices }: DecideProps) {
  return (
    <Fieldset legend={t('requests.decide.title')} hint={t(`requests.decide.effect.${kind}`)}>
      {choices.map((choice) => (
        <ChoiceField {...choice} />
      ))}
      <Actions>
        <Button look="primary" icon="check" name="decision" value="accept">
          {t(acceptTexts[acceptedAs(kind)])}
        </Button>
        <Button look="danger" icon="x" name="decision" value="refuse">
          {t('requests.decide.refuse')}
        </Button>
      </Actions>
    </Fieldset>
  )
}

const acceptTexts = {
  accepted: 'requests.decide.accept',
  answered: 'requests.decide.answer',
  processed: 'requests.decide.process',
} as const

function ChoiceField({ name, options, ...field }: Choice) {
  const props = { ...field, name: `chosen_${name}`, width: 'medium' as const }
  return options ? <SelectField {...props} options={options} /> : <TextField {...props} autocomplete="off" />
}
