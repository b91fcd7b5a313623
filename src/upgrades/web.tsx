import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Config } from '../platform/config.ts'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import type { Env } from '../platform/http/env.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { emptyForm, type FormState, formOf, readForm, refused } from '../platform/http/form.ts'
import { isUuid } from '../platform/ids.ts'
import { discardDraft, getDraft, lastSteps, listOpenDrafts, showStep } from '../registration/index.ts'
import { shellFor } from '../shell.tsx'
import { Page } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { endOverlap } from './end-overlap.ts'
import { completeUpgrade } from './jobs.ts'
import { getNotification, listMyNotifications, listPaths } from './notifications.ts'
import { getLicenseId, listOffers, listUpgradesOf } from './offers.ts'
import { lookUpNotification, type OpenRefusal, openNotification } from './open-notification.ts'
import { HelpPage } from './pages/help-page.tsx'
import { LicenseUpgradePage } from './pages/license-upgrade-page.tsx'
import { ProductsPage } from './pages/products-page.tsx'
import { StartPage } from './pages/start-page.tsx'
import { UpgradedPage } from './pages/upgraded-page.tsx'
import { lookupSchema, openSchema, startSchema } from './schemas.ts'
import { startUpgrade, startUpgradeOf } from './start-upgrade.ts'
import { upgradeWizard } from './upgrade-wizard.ts'
import { getPath, listNotEligible, listUpgraded } from './upgraded.ts'
import { selectionWeb } from './web-selection.tsx'

const rowsOnPage = 50
const endSchema = z.object({ upgraded: z.string().max(40) })

/** Version Upgrade over HTTP, from the Upgrade Notification ID to License Key Confirmation. */
export function upgradesWeb(config: Pick<Config, 'vendor'>): Hono<Env> {
  return new Hono<Env>()
    .route('/', beginningWeb)
    .route('/', licenseWeb)
    .route('/', selectionWeb)
    .route('/', lastSteps(upgradeWizard(config), completeUpgrade))
}

const beginningWeb = new Hono<Env>()
  .get(urls.upgrades.start.pattern, allow('manager'), (c) => {
    return startPage(c, formOf({ id: (c.req.query('id') ?? '').slice(0, 100) }))
  })
  .post(urls.upgrades.start.pattern, allow('manager'), async (c) => {
    const form = await readForm(c, openSchema)
    if (!form.ok) return startPage(c, form)
    const { db, actor, config } = c.var
    const opened = await openNotification(db, actor, form.value, config)
    if (opened.ok) return c.redirect(urls.upgrades.products.to({ notification: opened.notification_id }), 303)
    return startPage(c, refused(form, 'id', openRefusalText(c, opened.refusal)))
  })
  .get(urls.upgrades.help.pattern, allow('manager'), (c) => helpPage(c, emptyForm))
  .post(urls.upgrades.help.pattern, allow('manager'), async (c) => {
    const form = await readForm(c, lookupSchema)
    if (!form.ok) return helpPage(c, form)
    const { t, db, actor, config } = c.var
    const found = await lookUpNotification(db, actor, form.value, config)
    if (found.ok) return c.redirect(urls.upgrades.products.to({ notification: found.notification_id }), 303)
    const unknown = found.refusal === 'unknown'
    const text = unknown ? t('upgrades.lookup.unknown') : openRefusalText(c, found.refusal)
    return helpPage(c, refused(form, 'order_number', text))
  })
  .get(urls.upgrades.products.pattern, allow('manager'), async (c) => {
    const { t, format, db, actor, config } = c.var
    const notification = await notificationOf(c)
    return showStep(
      c,
      { title: t('upgrades.step.products'), lead: leadOf(c, notification), purpose: 'upgrade' },
      <ProductsPage
        {...{ t, format, notification }}
        paths={await listPaths(db, actor, notification)}
        support_email={config.support_email}
      />,
    )
  })
  .post(urls.upgrades.upgrade.pattern, allow('manager'), async (c) => {
    const { t, db, actor, config } = c.var
    const { notification: notification_id, path: path_id } = c.req.param()
    const started = await startUpgrade(db, actor, { notification_id, path_id }, config)
    if (started.ok) return c.redirect(urls.upgrades.selection.to({ draft: started.draft_id }), 303)
    leaveFlash(c, 'danger', t('upgrades.closed.now'))
    return c.redirect(urls.upgrades.products.to({ notification: notification_id }), 303)
  })
  .get(urls.upgrades.upgraded.pattern, allow('manager'), (c) => upgradedPage(c))
  .post(urls.upgrades.discard.pattern, allow('manager'), async (c) => {
    const { t, db, actor } = c.var
    const draft = await getDraft(db, actor, c.req.param('draft'), 'upgrade')
    await discardDraft(db, actor, draft.id)
    leaveFlash(c, 'success', t('upgrades.drafts.discarded'))
    return c.redirect(urls.upgrades.start.to(), 303)
  })

/** The entry of License Key Options. */
const licenseWeb = new Hono<Env>()
  .get(urls.upgrades.ofLicense.pattern, allow('manager'), async (c) => {
    const { t, format, db, actor, config } = c.var
    const serial = c.req.param('serial')
    const id = await getLicenseId(db, actor, serial)
    const offers = await listOffers(db, actor, [id], config)
    return c.html(
      <Page
        shell={shellFor(c)}
        title={t('upgrades.license.title')}
        lead={t('upgrades.license.lead')}
        breadcrumb={[
          { text: t('licenses.catalog.title'), href: urls.licenses.catalog.to() },
          { text: serial, href: urls.licenses.show.to({ serial }) },
        ]}
      >
        <LicenseUpgradePage
          {...{ t, format, serial }}
          offers={offers.get(id) ?? []}
          done={await listUpgradesOf(db, actor, id)}
        />
      </Page>,
    )
  })
  .post(urls.upgrades.ofLicense.pattern, allow('manager'), async (c) => {
    const { t, db, actor, config } = c.var
    const serial = c.req.param('serial')
    await getLicenseId(db, actor, serial)
    const form = await readForm(c, startSchema)
    if (!form.ok) throw new AppError('invalid')
    const started = await startUpgradeOf(db, actor, { serial, path_id: form.value.path }, config)
    if (started.ok) return c.redirect(urls.upgrades.selection.to({ draft: started.draft_id }), 303)
    leaveFlash(c, 'danger', t('upgrades.closed.now'))
    return c.redirect(urls.upgrades.ofLicense.to({ serial }), 303)
  })
  .post(urls.upgrades.endOverlap.pattern, allow('manager'), async (c) => {
    const { t, db, actor, config } = c.var
    const serial = c.req.param('serial')
    await getLicenseId(db, actor, serial)
    const form = await readForm(c, endSchema)
    if (!form.ok) throw new AppError('invalid')
    await endOverlap(db, actor, { serial, upgraded: form.value.upgraded }, config)
    leaveFlash(c, 'success', t('upgrades.license.ended'))
    return c.redirect(urls.licenses.show.to({ serial }), 303)
  })

async function startPage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor } = c.var
  const open = await listOpenDrafts(db, actor, 20, 'upgrade')
  return showStep(
    c,
    { title: t('upgrades.title'), lead: t('upgrades.lead'), form, purpose: 'upgrade' },
    <StartPage {...{ t, format, form, open }} />,
  )
}

async function helpPage(c: Context<Env>, form: FormState) {
  const { t, format, db, actor, config } = c.var
  const notifications = await listMyNotifications(db, actor, config)
  return showStep(
    c,
    { title: t('upgrades.mine.title'), lead: t('upgrades.mine.lead'), form, purpose: 'upgrade' },
    <HelpPage {...{ t, format, form, notifications }} />,
  )
}

async function upgradedPage(c: Context<Env>) {
  const { t, format, db, actor, config } = c.var
  const notification = await notificationOf(c)
  const names = { notification: notification.id, path: c.req.param('path') ?? '' }
  const path = await getPath(db, notification, names.path)
  const pageAfter = (name: 'after' | 'reasons_after') => {
    const after = c.req.query(name)
    return { after: after && isUuid(after) ? after : undefined, limit: rowsOnPage }
  }
  const upgraded = await listUpgraded(db, actor, notification, names.path, pageAfter('after'))
  const rest = await listNotEligible(db, actor, notification, names.path, pageAfter('reasons_after'))
  const more = (full: boolean, query: Record<string, string | undefined>) =>
    full ? urls.upgrades.upgraded.to(names, query) : undefined
  return showStep(
    c,
    {
      title: t('upgrades.upgraded.title'),
      lead: t('upgrades.upgraded.lead', {
        product: path.product,
        from: path.from_version,
        to: `${path.to_product} ${path.to_version}`,
      }),
      purpose: 'upgrade',
      live: true,
    },
    <UpgradedPage
      {...{ t, format, released_on: path.released_on, support_email: config.support_email }}
      upgraded={{ rows: upgraded, moreHref: more(upgraded.length === rowsOnPage, { after: upgraded.at(-1)?.id }) }}
      not_eligible={{
        rows: rest,
        moreHref: more(rest.length === rowsOnPage, { reasons_after: rest.at(-1)?.license_id }),
      }}
    />,
  )
}

function notificationOf(c: Context<Env>) {
  const { db, actor, config } = c.var
  return getNotification(db, actor, c.req.param('notification') ?? '', config)
}

type Named = { campaign: string; customer: string; customer_number: string }

function leadOf({ var: { t } }: Context<Env>, { campaign, customer, customer_number: number }: Named): string {
  return t('upgrades.products.lead', { campaign, customer, number })
}

function openRefusalText({ var: { t, config } }: Context<Env>, refusal: OpenRefusal): string {
  switch (refusal) {
    case 'expired':
    case 'paused':
      return t(`upgrades.refused.${refusal}`, { email: config.support_email })
    default:
      return t(`upgrades.refused.${refusal}`)
  }
}
