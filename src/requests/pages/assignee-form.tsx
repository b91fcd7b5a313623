import { Button } from '../../ui/button.tsx'
import { FieldScope, SelectField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { DecideProps } from './decide-page.tsx'

/** Looks after a request, in one press; or gives it to a colleague, or back to nobody. */
export function AssigneeForm({ reader: { t }, request, user_id, assignees }: DecideProps) {
  const { number, assignee_id, assignee_name, revision } = request
  const action = urls.admin.takeRequest.to({ request: number })
  const others = assignees.filter((each) => each.user_id !== user_id && each.user_id !== assignee_id)
  const nobody = assignee_id ? [{ value: 'none', text: t('requests.queue.none') }] : []
  return (
    <>
      {assignee_id === user_id ? (
        <p>{t('requests.take.yours')}</p>
      ) : (
        <form method="post" action={action}>
          <input type="hidden" name="revision" value={String(revision)} />
          <Button icon="user">
            {assignee_name ? t('requests.take.over', { name: assignee_name }) : t('requests.take.submit')}
          </Button>
        </form>
      )}
      {others.length + nobody.length > 0 && (
        <form method="post" action={action} class="kp-form mt-3">
          <input type="hidden" name="revision" value={String(revision)} />
          <FieldScope t={t} form={{ values: {}, errors: {} }}>
            <SelectField
              name="assignee"
              label={t('requests.assign.to')}
              options={[...nobody, ...others.map((each) => ({ value: each.user_id, text: each.name }))]}
              width="medium"
              required
            />
          </FieldScope>
          <Button>{t('requests.assign.submit')}</Button>
        </form>
      )}
    </>
  )
}
