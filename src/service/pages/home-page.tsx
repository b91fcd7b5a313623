import type { Child } from 'hono/jsx'
import type { ListQuery, Reader, RequestPage } from '../../requests/index.ts'
import { ListBody } from '../../requests/index.ts'
import { Alert } from '../../ui/alert.tsx'
import { Grid } from '../../ui/grid.tsx'
import type { IconName } from '../../ui/icon.tsx'
import { Tile } from '../../ui/tile.tsx'
import { urls } from '../../urls.ts'

type Props = {
  reader: Reader
  page: RequestPage
  query: ListQuery
  vendor: string
  /** Who asks: somebody who may open requests, a colleague who may only read, or somebody without organization. */
  standing: 'manager' | 'member' | 'nobody'
}
type T = Reader['t']

/** Customer Service: every type of request with the way to it, and what was asked. */
export function ServiceBody(props: Props) {
  const { reader, page, query, standing, vendor } = props
  const { t } = reader
  return (
    <>
      {standing === 'member' && <Alert t={t} tone="info" title={t('service.types.manager')} quiet />}
      {standing === 'nobody' && (
        <Alert t={t} tone="info" title={t('service.types.nobody')} quiet>
          <a href={urls.organizations.join.to()}>{t('service.types.join')}</a>
        </Alert>
      )}
      <section aria-label={t('service.types')}>
        <Grid size="tiles">{typesFor(t, standing, vendor)}</Grid>
      </section>
      <ListBody reader={reader} page={page} query={query} />
    </>
  )
}

function typesFor(t: T, standing: Props['standing'], vendor: string): Child[] {
  const recovery = (
    <Tile
      title={t('service.type.recovery')}
      text={t('service.type.recovery.text', { vendor })}
      href={urls.requests.recovery.to()}
      icon="users"
    />
  )
  if (standing !== 'manager') return [recovery]
  return [...forms.map(({ type, href, icon }) => <FormTile t={t} type={type} href={href} icon={icon} />), recovery]
}

type FormType = 'contract_change' | 'address' | 'customer_number' | 'rehost' | 'other'

const forms: { type: FormType; href: string; icon: IconName }[] = [
  { type: 'contract_change', href: urls.requests.new.to({ type: 'contract_change' }), icon: 'arrow-right' },
  { type: 'address', href: urls.requests.choose.to({ for: 'address' }), icon: 'building' },
  { type: 'customer_number', href: `${urls.customers.numbers.to()}#claim`, icon: 'shopping-cart' },
  { type: 'rehost', href: urls.requests.choose.to({ for: 'rehost' }), icon: 'server' },
  { type: 'other', href: urls.requests.new.to({ type: 'other' }), icon: 'help-circle' },
]

function FormTile({ t, type, href, icon }: { t: T; type: FormType; href: string; icon: IconName }) {
  return <Tile title={t(`service.type.${type}`)} text={t(`service.type.${type}.text`)} href={href} icon={icon} />
}
