import type { Context } from 'hono'
import type { Child } from 'hono/jsx'
import type { Env, PublicEnv } from '../platform/http/env.ts'
import type { FormState } from '../platform/http/form.ts'
import { accountTabs, shellFor } from '../shell.tsx'
import { type Link, Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'

type Frame = { title: string; lead?: Child; action?: Link; form?: FormState; below?: boolean }

/** Answers with a page of My Account – Organization and members; a refused form gives 422. */
export function showPage(
  c: Context<Env> | Context<PublicEnv>,
  { title, lead, action, form, below }: Frame,
  body: Child,
) {
  const refused = form !== undefined && Object.keys(form.errors).length > 0
  if (refused) c.status(422)
  const members = { text: c.var.t('organizations.title'), href: urls.organizations.members.to() }
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={lead}
      action={action}
      refused={refused}
      breadcrumb={below ? [members] : undefined}
      tabs={below ? undefined : accountTabs(c)}
      narrow={below}
      live={!below}
    >
      {body}
    </Page>,
  )
}
