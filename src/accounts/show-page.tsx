import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { PublicEnv } from '../platform/http/env.ts'
import type { FormState } from '../platform/http/form.ts'
import { accountTabs, shellFor } from '../shell.tsx'
import { type Link, Page, PublicPage } from '../ui/layout.tsx'

type Frame = {
  title: string
  lead?: Child
  /** The page's form: with errors in it, the answer is 422. */
  form?: FormState
}

/** Answers with a page for people outside: before signing in, or held back. */
export function showPublic(c: Context<PublicEnv>, frame: Frame & { wide?: boolean }, body: Child) {
  const refused = isRefused(frame.form)
  if (refused) c.status(422)
  const { title, lead, wide } = frame
  const props = { shell: shellFor(c), title, lead, wide, refused }
  return c.html(<PublicPage {...props}>{body}</PublicPage>)
}

/** Answers with a page inside the portal; `tabs` when it is one of My Account. */
export function showInside(
  c: Context<PublicEnv>,
  frame: Frame & { breadcrumb?: Link[]; narrow?: boolean; tabs?: true },
  body: Child,
) {
  const refused = isRefused(frame.form)
  if (refused) c.status(422)
  const { title, lead, breadcrumb, narrow } = frame
  const tabs = frame.tabs && accountTabs(c)
  const props = { shell: shellFor(c), title, lead, breadcrumb, tabs, narrow, refused }
  return c.html(<Page {...props}>{body}</Page>)
}

function isRefused(form: FormState | undefined): boolean {
  return form !== undefined && Object.keys(form.errors).length > 0
}
