import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { readForm } from '../platform/http/form.ts'
import { urls } from '../urls.ts'
import { switchOrganization } from './switch-organization.ts'
import { invitationsWeb, invitedWeb } from './web-invitations.tsx'
import { joinWeb } from './web-join.tsx'
import { membersWeb, peopleWeb } from './web-members.tsx'

const switchSchema = z.object({ organization_id: z.uuid() })

export const organizationsWeb = new Hono<PublicEnv>()
  .post(urls.organizations.switch.pattern, allow('signed_in'), async (c) => {
    const form = await readForm(c, switchSchema)
    if (!form.ok) throw new AppError('invalid')
    const { visitor, session } = c.var
    if (!visitor?.user_id || !session) throw new AppError('not_signed_in')
    const { organization_id } = form.value
    await switchOrganization(
      c.var.db,
      { ...visitor, user_id: visitor.user_id },
      { session_id: session.id, organization_id },
    )
    return c.redirect(urls.home.to(), 303)
  })
  .route('/', membersWeb)
  .route('/', peopleWeb)
  .route('/', invitationsWeb)
  .route('/', invitedWeb)
  .route('/', joinWeb)
