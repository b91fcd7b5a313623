import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { DescriptionList } from '../../ui/description-list.tsx'
import { Actions } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Code, Text } from '../../ui/text.tsx'
import { SummarySection } from '../../ui/wizard.tsx'
import { asksHost, type ProductGroup } from '../details-form.ts'
import { hostTypeName } from '../host-texts.ts'
import type { PlannedLicense } from '../plan-registration.ts'
import { productFields } from '../product-fields.ts'
import type { Draft } from '../queries.ts'
import { wizardUrls } from '../wizard.ts'
import { problemText, relationText, shownSerial } from './plan-texts.ts'
import { Steps } from './steps.tsx'

type Props = {
  t: T
  format: Format
  locale: string
  draft: Draft
  /** The chosen or new address in one line. */
  address: string | undefined
  licenses: PlannedLicense[]
  consequence: string
  groups: ProductGroup[]
  /** Why completing was refused. */
  problem: string | undefined
  support_email: string
}

/** A basket may be long: so many of its licenses are listed here; the Serial numbers step lists all. */
const listed = 100

/** Step 3: everything on one page, each part with the way back to where it was entered. */
export function VerificationPage(props: Props) {
  const { t, draft, problem } = props
  const names = { draft: draft.id }
  const { first, details, complete } = wizardUrls[draft.purpose]
  return (
    <>
      <Steps t={t} purpose={draft.purpose} draft_id={draft.id} current="verify" />
      {problem && <Alert t={t} tone="danger" title={problem} />}
      <SummarySection t={t} title={t('registration.verify.licenses')} editHref={first.to(names)}>
        <Licenses {...props} />
      </SummarySection>
      <SummarySection t={t} title={t('registration.step.details')} editHref={details.to(names)}>
        <DescriptionList
          columns
          items={[
            { label: t('registration.details.registered_to'), value: <Text>{draft.details.registered_to}</Text> },
            {
              label: t('registration.details.address'),
              value: props.address ? (
                <Text>{props.address}</Text>
              ) : (
                t(draft.purpose === 'upgrade' ? 'upgrades.verify.address' : 'registration.details.address_none')
              ),
            },
            ...props.groups.flatMap((group) => groupItems(props, group)),
          ]}
        />
      </SummarySection>
      <SummarySection
        t={t}
        title={t('registration.verify.contacts')}
        editHref={`${details.to(names)}#field-contacts-0-name`}
      >
        <ul class="kp-list">
          {draft.details.contacts.map(({ name, email, phone }) => (
            <li>
              <Text>{[name, email, phone].filter(Boolean).join(', ')}</Text>
            </li>
          ))}
        </ul>
      </SummarySection>
      <p>{props.consequence}</p>
      <form method="post" action={complete.to(names)} data-once={t('ui.working')}>
        <input type="hidden" name="revision" value={String(draft.revision)} />
        <Actions>
          <Button look="primary" icon="check">
            {t('registration.verify.complete')}
          </Button>
          <LinkButton href={details.to(names)}>{t('ui.back')}</LinkButton>
        </Actions>
      </form>
    </>
  )
}

function Licenses({ t, format, licenses }: Props) {
  const more = licenses.length - listed
  return (
    <>
      <DataTable
        t={t}
        caption={t('registration.verify.licenses')}
        rows={licenses.slice(0, listed)}
        empty={{ title: t('registration.serials.empty') }}
        columns={[
          {
            key: 'serial',
            head: t('registration.column.serial'),
            main: true,
            nowrap: true,
            cell: ({ license }) => <Code>{shownSerial(license)}</Code>,
          },
          {
            key: 'product',
            head: t('registration.column.product'),
            cell: ({ license: { product, predecessor } }) => (
              <>
                <Text>{`${product.name} ${product.version}`}</Text>
                {predecessor && <p class="form-hint">{t('upgrades.verify.from', { product: predecessor.product })}</p>}
              </>
            ),
          },
          {
            key: 'quantity',
            head: t('registration.column.quantity'),
            align: 'end',
            cell: ({ license }) => format.number(license.quantity),
          },
          {
            key: 'outcome',
            head: t('registration.column.outcome'),
            cell: (planned) => (
              <>
                {problemText(t, planned) ?? outcomeText(t, planned)}
                {relationText(t, planned) && <p class="form-hint">{relationText(t, planned)}</p>}
              </>
            ),
          },
          {
            key: 'host',
            head: t('registration.column.host'),
            cell: ({ hosts }) =>
              hosts ? <Code wrap>{hosts.map((host) => `${host.id} × ${host.quantity}`).join(', ')}</Code> : '–',
          },
        ]}
      />
      {more > 0 && <p>{t('registration.verify.more', { count: more })}</p>}
    </>
  )
}

function outcomeText(t: T, { outcome, license }: PlannedLicense): string {
  return license.predecessor && outcome === 'ready' ? t('upgrades.verify.ready') : t(`registration.outcome.${outcome}`)
}

/** What was entered once for a product. */
function groupItems({ t, locale, draft }: Props, { product }: ProductGroup) {
  const entered = draft.details.products[product.product_id]
  const name = `${product.name} ${product.version}`
  const hosts = asksHost(product)
    ? (entered?.hosts ?? []).map((host) => ({
        label: `${name}: ${hostTypeName(t, host.type)}`,
        value: <Code>{host.quantity ? `${host.id} × ${host.quantity}` : host.id}</Code>,
      }))
    : []
  const answers = productFields(product.fields_schema, locale).map((field) => ({
    label: `${name}: ${field.label}`,
    value: <Text>{String(entered?.fields[field.name] ?? '–')}</Text>,
  }))
  return [...hosts, ...answers]
}
