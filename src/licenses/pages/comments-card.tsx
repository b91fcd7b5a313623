import type { Format, T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { Comment } from '../comments.ts'

type Props = { t: T; format: Format; serial: string; comments: Comment[]; older: string | undefined }

/** The newest comments, on the page of the license. */
export function CommentsCard({ older, ...props }: Props & { mayComment: boolean }) {
  const { t, serial, comments, mayComment } = props
  const all = urls.licenses.comments.to({ serial })
  return (
    <Card
      id="comments"
      title={t('licenses.comments.title')}
      foot={
        (mayComment || comments.length > 0) && (
          <>
            {mayComment && <a href={all}>{t('licenses.option.comment')}</a>}{' '}
            {(older || comments.length > 0) && <a href={`${all}#comments`}>{t('licenses.comments.all')}</a>}
          </>
        )
      }
    >
      {comments.length === 0 ? <p class="m-0">{t('licenses.comments.empty')}</p> : <CommentList {...props} />}
    </Card>
  )
}

/** Plain text with its line breaks; addresses in it stay text. */
export function CommentList({ t, format, serial, comments }: Omit<Props, 'older'>) {
  return (
    <ul class="kp-comments">
      {comments.map(({ id, author_name, body, created_at, removable }) => (
        <li id={`comment-${id}`}>
          <div class="kp-comment-head">
            <strong>
              <Text>{author_name}</Text>
            </strong>
            <span class="kp-note">{format.moment(created_at)}</span>
            {removable && (
              <form method="post" action={urls.licenses.removeComment.to({ serial, comment: id })}>
                <Button
                  look="link"
                  label={t('licenses.comments.remove_of', { name: author_name ?? '', when: format.moment(created_at) })}
                >
                  {t('licenses.comments.remove')}
                </Button>
              </form>
            )}
          </div>
          <p class="kp-comment-body" dir="auto">
            {body}
          </p>
        </li>
      ))}
    </ul>
  )
}
