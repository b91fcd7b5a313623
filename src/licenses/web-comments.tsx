import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { isAtLeast } from '../platform/actor.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { uuidv7 } from '../platform/ids.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { listComments } from './comments.ts'
import { getLicense } from './license-details.ts'
import { seesNotes } from './option-rules.ts'
import { CommentsBody } from './pages/comments-page.tsx'
import { LicenseName } from './pages/license-page.tsx'
import { addComment, removeComment } from './write-comments.ts'

const longestComment = 5_000
/** As column `license_comments.body` takes it: signs can be piled up without end. */
const mostCodePoints = 20_000
const commentsAtOnce = 20

const commentSchema = z.object({
  comment_id: z.uuid(),
  body: z.string().trim().min(1, { error: 'licenses.comments.required' }),
})
const uuid = z.uuid()

export const commentsWeb = new Hono<Env>()
  .get(urls.licenses.comments.pattern, allow('viewer'), (c) => commentsPage(c, emptyForm))
  .post(urls.licenses.comments.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const license = await getLicense(db, actor, serialOf(c))
    const form = await readForm(c, commentSchema)
    if (!form.ok) return commentsPage(c, form)
    const { body, comment_id } = form.value
    const count = lengthOf(body)
    if (count > longestComment) {
      return commentsPage(c, refused(form, 'body', t('licenses.comments.too_long', { count })))
    }
    await addComment(db, actor, { license_id: license.id, comment_id, body })
    leaveFlash(c, 'success', t('licenses.comments.added'))
    return c.redirect(urls.licenses.comments.to({ serial: license.serial }), 303)
  })
  .post(urls.licenses.removeComment.pattern, allow('manager'), async (c) => {
    const { serial, comment } = await takeAway(c, true)
    return c.redirect(urls.licenses.comments.to({ serial }, { removed: comment }), 303)
  })
  .post(urls.licenses.restoreComment.pattern, allow('manager'), async (c) => {
    const { serial } = await takeAway(c, false)
    leaveFlash(c, 'success', c.var.t('licenses.comments.restored'))
    return c.redirect(urls.licenses.comments.to({ serial }), 303)
  })

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** Characters as the reader counts them; what piles up more signs than the column takes counts each sign. */
function lengthOf(text: string): number {
  const points = [...text].length
  if (points <= longestComment || points > mostCodePoints) return points
  return [...graphemes.segment(text)].length
}

async function takeAway(c: Context<Env>, removed: boolean) {
  const { db, actor } = c.var
  const { id: license_id, serial } = await getLicense(db, actor, serialOf(c))
  const comment = uuid.safeParse(c.req.param('comment'))
  if (!comment.success) throw new AppError('not_found')
  await removeComment(db, actor, { license_id, comment_id: comment.data, removed })
  return { serial, comment: comment.data }
}

async function commentsPage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor } = c.var
  const license = await getLicense(db, actor, serialOf(c))
  if (!seesNotes(actor, license)) throw new AppError('not_found')
  const { serial } = license
  const before = c.req.query('before')
  const { comments, older } = await listComments(db, actor, license.id, { before, limit: commentsAtOnce })
  const removed = uuid.safeParse(c.req.query('removed'))
  const isRefused = Object.keys(form.errors).length > 0
  const typed = uuid.safeParse(form.values.comment_id)
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('licenses.comments.title')}
      lead={
        <>
          <LicenseName t={t} license={license} />
          <br />
          {t('licenses.comments.lead')}
        </>
      }
      breadcrumb={crumbsTo(c, serial)}
      refused={isRefused}
      narrow
    >
      <CommentsBody
        {...{ t, format, serial, form, comments, older }}
        comment_id={typed.success ? typed.data : uuidv7()}
        paged={before !== undefined}
        mayComment={isAtLeast(actor, 'manager')}
        removed={removed.success ? removed.data : undefined}
      />
    </Page>,
    isRefused ? 422 : 200,
  )
}

/** From the catalog to the license that a page is about. */
export function crumbsTo(c: Context<Env>, serial: string) {
  const { t } = c.var
  return [
    { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() },
    { text: serial, href: urls.licenses.show.to({ serial }) },
  ]
}

function serialOf(c: Context<Env>): string {
  return c.req.param('serial') ?? ''
}
