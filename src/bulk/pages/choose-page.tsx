import type { Child } from 'hono/jsx'
import { formOf } from '../../platform/http/form.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, Form, type FormState, TextField } from '../../ui/form.tsx'
import { Grid } from '../../ui/grid.tsx'
import { FilterBar } from '../../ui/table.tsx'
import { Tile } from '../../ui/tile.tsx'
import { urls } from '../../urls.ts'
import type { BulkAction } from '../action.ts'
import { bulkActions } from '../actions.ts'
import type { Bulk } from '../queries.ts'

type Props = { t: T; format: Format; bulk: Bulk; found: number }

/** What to do with the licenses of the list: one of the actions, or take their keys. */
export function ChoosePage({ t, format, bulk, found, is_manager }: Props & { is_manager: boolean }) {
  const names = { bulk: bulk.id }
  return (
    <>
      <ListNotes {...{ t, format, bulk, found }} />
      {found > 0 && is_manager && (
        <Grid size="tiles">
          {bulkActions.map(({ name, title, lead, icon }) => (
            <Tile title={t(title)} text={t(lead)} icon={icon} href={urls.bulk.show.to(names, { action: name })} />
          ))}
        </Grid>
      )}
      {found > 0 && (
        <Card title={t('bulk.keys.title')}>
          <p>{t('bulk.keys.lead')}</p>
          <Actions>
            <LinkButton href={urls.bulk.files.to(names)} icon="file-download" download>
              {t('bulk.keys.files')}
            </LinkButton>
            <LinkButton href={urls.bulk.keys.to(names)} icon="download" download>
              {t('bulk.keys.csv')}
            </LinkButton>
          </Actions>
        </Card>
      )}
    </>
  )
}

/** How many of the list are licenses of the organization, and what it says twice. */
function ListNotes({ t, format, bulk, found }: Props) {
  const missing = bulk.total - found
  const title =
    missing > 0
      ? t('bulk.found', { count: found, total: format.number(bulk.total) })
      : t('licenses.catalog.count', { count: found })
  return (
    <Alert t={t} tone={missing > 0 ? 'warning' : 'info'} title={title}>
      {missing > 0 && <p>{t('bulk.missing', { count: missing })}</p>}
      {bulk.repeated > 0 && <p>{t('bulk.repeated', { count: bulk.repeated })}</p>}
      <p>
        <a href={urls.bulk.report.to({ bulk: bulk.id })} download>
          {t('bulk.report.list')}
        </a>
      </p>
    </Alert>
  )
}

type ActionProps = { t: T; bulk: Bulk; action: BulkAction; form: FormState; fields: Child; searched: string }

/** The form of one action. */
export function ActionPage(props: ActionProps) {
  const { t, bulk, action, form, fields } = props
  const names = { bulk: bulk.id }
  if (action.needs_columns && bulk.columns.length === 0) {
    return (
      <Alert t={t} tone="info" title={t('bulk.needs_list')}>
        <p>{t('bulk.needs_list.text')}</p>
        <p>
          <a href={urls.bulk.report.to(names)} download>
            {t('bulk.report.list')}
          </a>
          {' · '}
          <a href={urls.bulk.start.to()}>{t('bulk.start.title')}</a>
          {' · '}
          <a href={urls.bulk.show.to(names, { choose: 1 })}>{t('bulk.other')}</a>
        </p>
      </Alert>
    )
  }
  return (
    <>
      {action.search && <Search {...props} label={t(action.search)} />}
      <Form t={t} form={form} action={urls.bulk.check.to(names)}>
        <input type="hidden" name="action" value={action.name} />
        {fields}
        <Actions>
          <Button look="primary" icon="eye">
            {t('bulk.check')}
          </Button>
          <LinkButton href={urls.bulk.show.to(names, { choose: 1 })} look="quiet">
            {t('bulk.other')}
          </LinkButton>
        </Actions>
        <p class="form-hint">{t('bulk.check.hint')}</p>
      </Form>
    </>
  )
}

function Search({ t, bulk, action, label, searched }: ActionProps & { label: string }) {
  const form = formOf({ q: searched })
  return (
    <FilterBar t={t} form={form} action={urls.bulk.show.to({ bulk: bulk.id })} label={label}>
      <input type="hidden" name="action" value={action.name} />
      <TextField name="q" label={label} type="search" maxlength={200} />
      <Button icon="search">{t('ui.find')}</Button>
    </FilterBar>
  )
}
