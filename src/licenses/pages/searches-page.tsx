import type { FormState } from '../../platform/http/form.ts'
import type { T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, CheckboxField, Form, TextField } from '../../ui/form.tsx'
import { DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { SavedSearch } from '../saved-searches.ts'
import { hrefOfSearch } from './catalog-tools.tsx'

/** What a search asks for, in words: "Status: Expiring". */
export type Described = SavedSearch & { parts: { label: string; value: string }[] }

type Props = {
  t: T
  form: FormState
  /** What is about to be saved, in words; undefined when nothing is. */
  saving: Described['parts'] | undefined
  searches: Described[]
  mayShare: boolean
}

/** Saved searches: the one about to be saved, and those there are. */
export function SearchesBody(props: Props) {
  const { t, searches } = props
  return (
    <>
      {props.saving && <SaveForm {...props} saving={props.saving} />}
      <Card title={t('catalog.searches')} flush>
        <DataTable
          t={t}
          caption={t('catalog.searches')}
          rows={searches}
          empty={{
            icon: 'search',
            title: t('catalog.searches.empty'),
            text: t('catalog.searches.empty.text'),
            action: <LinkButton href={urls.licenses.catalog.to()}>{t('licenses.catalog.title')}</LinkButton>,
          }}
          columns={[
            {
              key: 'name',
              head: t('catalog.searches.name'),
              main: true,
              cell: (search) => (
                <a href={hrefOfSearch(search)}>
                  <Text>{search.name}</Text>
                </a>
              ),
            },
            { key: 'what', head: t('catalog.searches.what'), cell: ({ parts }) => <Parts t={t} parts={parts} /> },
            { key: 'whose', head: t('catalog.searches.whose'), cell: (search) => whose(t, search) },
            {
              key: 'edit',
              head: t('ui.actions'),
              quietHead: true,
              cell: (search) => search.may_change && <EditLink t={t} search={search} />,
            },
          ]}
        />
      </Card>
    </>
  )
}

function SaveForm({ t, form, saving, mayShare }: Props & { saving: Described['parts'] }) {
  const query = form.values.query ?? ''
  return (
    <Card title={t('catalog.searches.save')}>
      <p class="kp-note">{t('catalog.searches.save_lead')}</p>
      <Parts t={t} parts={saving} />
      <Form t={t} form={form} action={urls.licenses.searches.to()} unmarked>
        <input type="hidden" name="query" value={String(query)} />
        <NameFields t={t} mayShare={mayShare} />
        <Actions>
          <Button look="primary">{t('catalog.searches.submit')}</Button>
        </Actions>
      </Form>
    </Card>
  )
}

function NameFields({ t, mayShare }: { t: T; mayShare: boolean }) {
  return (
    <>
      <TextField
        name="name"
        label={t('catalog.searches.name')}
        maxlength={80}
        autocomplete="off"
        width="medium"
        required
      />
      <CheckboxField
        name="for_all"
        label={t('catalog.searches.for_all')}
        hint={mayShare ? undefined : t('catalog.searches.for_all.manager')}
        disabled={!mayShare}
      />
    </>
  )
}

function Parts({ t, parts }: { t: T; parts: Described['parts'] }) {
  if (parts.length === 0) return <>{t('catalog.searches.everything')}</>
  return (
    <ul class="kp-parts">
      {parts.map(({ label, value }) => (
        <li>
          {t('ui.label', { label })} <Text>{value}</Text>
        </li>
      ))}
    </ul>
  )
}

function whose(t: T, { by, for_all }: SavedSearch): string {
  if (by) return t('catalog.searches.by', { name: by })
  return t(for_all ? 'catalog.searches.mine_for_all' : 'catalog.searches.mine')
}

function EditLink({ t, search }: { t: T; search: SavedSearch }) {
  const label = t('catalog.searches.edit_of', { name: search.name })
  return (
    <LinkButton small icon="pencil" label={label} href={urls.licenses.search.to({ search: search.id })}>
      {t('catalog.searches.edit')}
    </LinkButton>
  )
}

/** One search: its name, whom it is for, and its end. */
export function SearchBody(props: { t: T; form: FormState; search: Described; mayShare: boolean }) {
  const { t, form, search, mayShare } = props
  const action = urls.licenses.search.to({ search: search.id })
  return (
    <Card>
      <Parts t={t} parts={search.parts} />
      <Form t={t} form={form} action={action} unmarked>
        <NameFields t={t} mayShare={mayShare} />
        <Actions>
          <Button look="primary">{t('catalog.searches.submit')}</Button>
          <Button icon="trash" name="remove" value="on">
            {t('catalog.searches.remove')}
          </Button>
        </Actions>
      </Form>
    </Card>
  )
}
