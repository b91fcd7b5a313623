/** The one place where what went wrong becomes an answer: a page for people, problem+json for programs. */
import type { Context, Hono } from 'hono'
import { AppError, errorCodes } from './platform/errors.ts'
import type { PublicEnv } from './platform/http/env.ts'
import { methodsOf } from './platform/http/methods.ts'
import { answerProblem, asAppError, errorHeaders, wantsPage } from './platform/http/problem.ts'
import { shellFor } from './shell.tsx'
import { ErrorPage } from './ui/layout.tsx'
import { urls } from './urls.ts'

/** For `app.onError`. */
export function answerError(thrown: unknown, c: Context<PublicEnv>): Response | Promise<Response> {
  const error = asAppError(thrown)
  logError(c, error)
  errorHeaders(c, error)
  if (!wantsPage(c)) return answerProblem(c, error)
  if (error.code === 'not_signed_in' && c.req.method === 'GET') return c.redirect(signInFor(c), 303)
  return error.code === 'not_signed_in' ? answerEndedSession(c) : answerPage(c, error)
}

/** A form that was sent too late: the browser keeps what was typed with this answer, and reloading it sends it again. */
function answerEndedSession(c: Context<PublicEnv>): Response | Promise<Response> {
  const { t } = c.var
  const action = { text: t('errors.session_ended.sign_in'), href: urls.accounts.signIn.to(), new_tab: true }
  const texts = { title: t('errors.session_ended.title'), text: t('errors.session_ended.text') }
  return c.html(<ErrorPage shell={shellFor(c)} {...texts} action={action} />, errorCodes.not_signed_in)
}

/** For `app.notFound`: an address may exist for other methods. */
export function answerNotFound(app: Pick<Hono<PublicEnv>, 'router'>, c: Context<PublicEnv>) {
  const methods = methodsOf(app, c.req.path)
  if (methods.length === 0) return answerError(new AppError('not_found'), c)
  c.header('allow', methods.join(', '))
  return answerError(new AppError('method_not_allowed'), c)
}

/** The request's number is what support needs, and only where there is something to look up. */
function answerPage(c: Context<PublicEnv>, { code }: AppError): Response | Promise<Response> {
  const { t, request_id } = c.var
  const props = {
    shell: shellFor(c),
    title: t(`errors.${code}.title`),
    text: t(`errors.${code}.text`),
    note: errorCodes[code] >= 500 ? t('errors.request_id', { id: request_id }) : undefined,
    action: { text: t('ui.nav.home'), href: urls.home.to(), icon: 'home' as const },
  }
  return c.html(<ErrorPage {...props} />, errorCodes[code])
}

/** What nobody foresaw is logged with its cause; the caller only gets the request's number. */
function logError(c: Context<PublicEnv>, error: AppError): void {
  if (error.code === 'internal') c.var.log.error({ err: error.cause ?? error }, 'request failed')
  if (error.code === 'unavailable' && error.cause) c.var.log.warn({ reason: error.message }, 'unavailable')
}

/** The login page, told where to come back to. */
function signInFor(c: Context<PublicEnv>): string {
  const { pathname, search } = new URL(c.req.url)
  return urls.accounts.signIn.to(pathname === '/' ? {} : { next: pathname + search })
}
