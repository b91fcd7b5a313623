import { type Context, Hono } from 'hono'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, readForm, refused } from '../platform/http/form.ts'
import { locales } from '../platform/i18n.ts'
import { uuidv7 } from '../platform/ids.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { getCannedAnswer, listCannedAnswers } from './canned-answers.ts'
import { AnswerBody, AnswersBody } from './pages/answers-page.tsx'
import { decidingRoles } from './rules.ts'
import { deleteCannedAnswer, saveCannedAnswer } from './save-canned-answer.ts'
import { cannedAnswerSchema, deleteAnswerSchema } from './schemas.ts'

/** Canned answers: those who decide prepare them for each other. */
export const answersWeb = new Hono<OperatorEnv>()
  .get(urls.admin.answers.pattern, allow(decidingRoles), (c) => answersPage(c, emptyForm))
  .get(urls.admin.answer.pattern, allow(decidingRoles), (c) => answerPage(c, c.req.param('answer'), emptyForm))
  .post(urls.admin.answers.pattern, allow(decidingRoles), async (c) => {
    const { t, db, actor } = c.var
    const form = await readForm(c, cannedAnswerSchema)
    if (!form.ok) return formAgain(c, form)
    const { answer_id: id, revision, name } = form.value
    const written = locales.map((locale) => [locale, form.value[`text_${locale}`]]).filter(([, text]) => text)
    const saved = await saveCannedAnswer(db, actor, { id, revision, name, texts: Object.fromEntries(written) })
    if (!saved.ok) {
      const [field, text] =
        saved.refusal === 'name'
          ? (['name', t('requests.answers.taken')] as const)
          : (['form', t('requests.answers.changed')] as const)
      return formAgain(c, refused(form, field, text))
    }
    leaveFlash(c, 'success', t('requests.answers.saved', { name }))
    return c.redirect(urls.admin.answers.to(), 303)
  })
  .post(urls.admin.deleteAnswer.pattern, allow(decidingRoles), async (c) => {
    const { t, db, actor } = c.var
    const { answer: id } = c.req.param()
    const { name } = await getCannedAnswer(db, id)
    const form = await readForm(c, deleteAnswerSchema)
    if (!form.ok) throw new AppError('malformed')
    const deleted = await deleteCannedAnswer(db, actor, { id, ...form.value })
    if (!deleted.ok) return answerPage(c, id, refused(emptyForm, 'form', t('requests.answers.changed')))
    leaveFlash(c, 'success', t('requests.answers.removed', { name }))
    return c.redirect(urls.admin.answers.to(), 303)
  })

/** A refused form on the page that it came from: a new answer, or one that is there. */
async function formAgain(c: Context<OperatorEnv>, form: FormState) {
  const id = String(form.values.answer_id ?? '')
  const known = (await listCannedAnswers(c.var.db)).some((answer) => answer.id === id)
  return known ? answerPage(c, id, form) : answersPage(c, form)
}

async function answersPage(c: Context<OperatorEnv>, form: FormState) {
  const { t, db } = c.var
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('requests.answers.title')}
      lead={t('requests.answers.lead')}
      breadcrumb={[{ text: t('requests.queue.title'), href: urls.admin.requests.to() }]}
      refused={isRefused}
    >
      <AnswersBody t={t} answers={await listCannedAnswers(db)} form={form} new_id={uuidv7()} />
    </Page>,
    isRefused ? 422 : 200,
  )
}

async function answerPage(c: Context<OperatorEnv>, id: string, form: FormState) {
  const { t, db } = c.var
  const answer = await getCannedAnswer(db, id)
  const isRefused = Object.keys(form.errors).length > 0
  return c.html(
    <Page
      shell={shellFor(c)}
      title={t('requests.answers.change', { name: answer.name })}
      breadcrumb={[
        { text: t('requests.queue.title'), href: urls.admin.requests.to() },
        { text: t('requests.answers.title'), href: urls.admin.answers.to() },
      ]}
      refused={isRefused}
    >
      <AnswerBody t={t} answer={answer} form={form} />
    </Page>,
    isRefused ? 422 : 200,
  )
}
