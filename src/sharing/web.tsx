import { type Context, Hono } from 'hono'
import { listSearches, listTags } from '../licenses/index.ts'
import { isAtLeast } from '../platform/actor.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { shellFor } from '../shell.tsx'
import { LinkButton } from '../ui/button.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { ChooseBody, RemoveBody, ShareBody } from './pages/share-page.tsx'
import { WithMeBody } from './pages/with-me-page.tsx'
import { getShare, listGrantableNumbers, listSharers, listShares } from './queries.ts'
import { removeShare } from './remove-share.ts'
import { mostListed, mostShares } from './rules.ts'
import { shareSchema, userNameSchema } from './schemas.ts'
import { type ShareRefusal, shareLicenses } from './share-licenses.ts'

/** Share Licenses, Licenses Shared With Me. */
export const sharingWeb = new Hono<Env>()
  .get(urls.sharing.list.pattern, allow('viewer'), (c) => listPage(c, emptyForm))
  .get(urls.sharing.choose.pattern, allow('manager'), (c) => {
    const { email = '', license = '' } = c.req.query()
    const read = userNameSchema.safeParse(email)
    if (!read.success) return listPage(c, refused(formOf({ email }), 'email', c.var.t('form.email')))
    const serial = license.replaceAll('\0', '').slice(0, 40)
    return choosePage(c, read.data, formOf(serial ? { scope: 'licenses', serials: serial } : {}))
  })
  .post(urls.sharing.create.pattern, allow('manager'), async (c) => {
    const { t, db, actor, config } = c.var
    const form = await readForm(c, shareSchema)
    const email = String(form.values.email ?? '')
    if (!form.ok) {
      return form.errors.email
        ? listPage(c, refused(formOf({ email }), 'email', t('form.email')))
        : choosePage(c, email, form)
    }
    const shared = await shareLicenses(db, actor, form.value, config)
    if (!shared.ok) {
      const text = t(`sharing.refused.${shared.refusal}`, { most: mostOf(shared.refusal) } as never)
      if (shared.refusal === 'colleague') return listPage(c, refused(formOf({ email }), 'email', text))
      return choosePage(c, form.value.email, refused(form, fieldOf(shared.refusal), text))
    }
    leaveFlash(c, 'success', t('sharing.done', { email: form.value.email }))
    return c.redirect(urls.sharing.list.to(), 303)
  })
  .get(urls.sharing.remove.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const share = await getShare(db, actor, c.req.param('share'))
    return show(c, { title: t('sharing.remove.title'), below: true }, <RemoveBody t={t} share={share} />)
  })
  .post(urls.sharing.remove.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const share_id = c.req.param('share')
    const { email } = await getShare(db, actor, share_id)
    await removeShare(db, actor, { share_id })
    leaveFlash(c, 'success', t('sharing.removed', { email }))
    return c.redirect(urls.sharing.list.to(), 303)
  })
  .get(urls.sharing.withMe.pattern, allow('viewer'), async (c) => {
    const { t, format, db, actor } = c.var
    const sharers = await listSharers(db, actor)
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('sharing.with_me.title')}
        lead={t('sharing.with_me.lead')}
        breadcrumb={[catalogLink(c)]}
        actions={
          <LinkButton icon="edit" href={urls.fields.list.to()}>
            {t('sharing.with_me.fields')}
          </LinkButton>
        }
      >
        <WithMeBody {...{ t, format, sharers }} />
      </Page>,
    )
  })

function mostOf(refusal: ShareRefusal): number {
  return refusal === 'too_many' ? mostShares : mostListed
}

/** The field that a refusal stands beside. */
function fieldOf(refusal: Exclude<ShareRefusal, 'colleague'>): string {
  switch (refusal) {
    case 'no_number':
    case 'unknown_number':
      return 'customers'
    case 'no_serial':
    case 'unknown_serial':
      return 'serials'
    case 'no_tag':
      return 'tag'
    case 'no_search':
      return 'search'
    case 'ended':
      return 'ends_on'
    default:
      return 'scope'
  }
}

async function listPage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor } = c.var
  const { license: serial = '', after } = c.req.query()
  const shares = await listShares(db, actor, after)
  const mayShare = isAtLeast(actor, 'manager')
  return show(
    c,
    { title: t('sharing.title'), lead: t('sharing.lead'), form },
    <ShareBody {...{ t, format, form, serial, shares, mayShare }} />,
  )
}

async function choosePage(c: Context<Env>, email: string, form: FormState) {
  const { t, db, actor } = c.var
  const [numbers, tags, searches] = [
    await listGrantableNumbers(db, actor),
    await listTags(db, actor),
    await listSearches(db, actor),
  ]
  return show(
    c,
    { title: t('sharing.form.title'), lead: t('sharing.form.lead', { email }), form, below: true },
    <ChooseBody {...{ t, form, email, today: actor.today, numbers, tags, searches }} />,
  )
}

type Frame = { title: string; lead?: string; form?: FormState; below?: boolean }

function show(c: Context<Env>, { title, lead, form, below }: Frame, body: ReturnType<typeof ShareBody>) {
  const { t } = c.var
  const isRefused = form !== undefined && Object.keys(form.errors).length > 0
  const share = { text: t('sharing.title'), href: urls.sharing.list.to() }
  return c.html(
    <Page
      shell={shellFor(c)}
      title={title}
      lead={lead}
      breadcrumb={below ? [catalogLink(c), share] : [catalogLink(c)]}
      actions={
        below ? undefined : (
          <>
            <LinkButton icon="arrows-sort" href={urls.transfers.list.to()}>
              {t('transfers.title')}
            </LinkButton>
            <LinkButton icon="users" href={urls.sharing.withMe.to()}>
              {t('sharing.with_me')}
            </LinkButton>
          </>
        )
      }
      refused={isRefused}
      narrow={below}
      live={!below}
    >
      {body}
    </Page>,
    isRefused ? 422 : 200,
  )
}

function catalogLink({ var: { t } }: Context<Env>) {
  return { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() }
}
