import type { FormState } from '../../platform/http/form.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, TextArea } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import type { Comment } from '../comments.ts'
import { CommentList } from './comments-card.tsx'
import type { LicensePageProps } from './license-page.tsx'

type Props = Pick<LicensePageProps, 't' | 'format'> & {
  serial: string
  form: FormState
  /** The id that a new comment will have: sent twice, it is written once. */
  comment_id: string
  comments: Comment[]
  older: string | undefined
  paged: boolean
  mayComment: boolean
  /** A comment that was just removed, to bring back. */
  removed: string | undefined
}

/** Add Comment, and all comments below. */
export function CommentsBody(props: Props) {
  const { t, serial, comments, older, paged, mayComment, removed } = props
  const page = (before?: string) => `${urls.licenses.comments.to({ serial }, { before })}#comments`
  return (
    <>
      {removed && <Removed t={t} serial={serial} comment={removed} />}
      {mayComment ? <CommentForm {...props} /> : <Alert t={t} tone="info" title={t('licenses.comments.viewer')} />}
      <Card
        id="comments"
        title={t('licenses.comments.title')}
        foot={
          (older || paged) && (
            <>
              {paged && <a href={page()}>{t('licenses.comments.newest')}</a>}{' '}
              {older && <a href={page(older)}>{t('licenses.comments.older')}</a>}
            </>
          )
        }
      >
        {comments.length === 0 ? <p class="m-0">{t('licenses.comments.empty')}</p> : <CommentList {...props} />}
      </Card>
    </>
  )
}

function CommentForm({ t, form, serial, comment_id }: Props) {
  return (
    <Card>
      <Form t={t} form={form} action={urls.licenses.comments.to({ serial })} unmarked>
        <input type="hidden" name="comment_id" value={comment_id} />
        <TextArea
          name="body"
          label={t('licenses.comments.body')}
          hint={t('licenses.comments.body_hint')}
          rows={5}
          required
        />
        <Actions>
          <Button look="primary">{t('licenses.comments.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function Removed({ t, serial, comment }: Pick<Props, 't' | 'serial'> & { comment: string }) {
  return (
    <Alert t={t} tone="success" title={t('licenses.comments.removed')}>
      <form method="post" action={urls.licenses.restoreComment.to({ serial, comment })}>
        <Button small>{t('licenses.comments.undo')}</Button>
      </form>
    </Alert>
  )
}
