import { type Level, levels } from '../../licenses/index.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import {
  Actions,
  CheckboxesField,
  CheckboxField,
  Form,
  type FormState,
  type Option,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../../ui/form.tsx'
import { type Column, DataTable } from '../../ui/table.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { GrantableNumber, Share } from '../queries.ts'
import { scopes } from '../rules.ts'
import { grantColumns, numbersText } from './grant-columns.tsx'

type Props = {
  t: T
  format: Format
  form: FormState
  /** The serial number from whose page the reader came. */
  serial: string
  shares: { shares: Share[]; next: string | undefined }
  mayShare: boolean
}

/** Share Licenses: whom to share with, and what is shared already. */
export function ShareBody(props: Props) {
  const { t, form, serial, shares, mayShare } = props
  return (
    <>
      {mayShare && (
        <Card title={t('sharing.start.title')}>
          <Form t={t} form={form} action={urls.sharing.choose.to()} method="get" unmarked>
            <TextField
              name="email"
              type="email"
              label={t('sharing.user_name')}
              hint={t('sharing.user_name.hint')}
              autocomplete="off"
              maxlength={254}
              required
            />
            {serial && <input type="hidden" name="license" value={serial} />}
            <Actions>
              <Button look="primary">{t('sharing.continue')}</Button>
            </Actions>
          </Form>
        </Card>
      )}
      <Card title={t('sharing.list')} flush>
        <DataTable
          t={t}
          caption={t('sharing.list')}
          id="shares"
          rows={shares.shares}
          columns={columnsOf(props)}
          empty={{ title: t('sharing.empty'), text: t('sharing.empty_text'), icon: 'users' }}
          moreHref={shares.next && urls.sharing.list.to({ after: shares.next })}
        />
      </Card>
    </>
  )
}

function columnsOf({ t, format, mayShare }: Props): Column<Share>[] {
  return grantColumns<Share>(
    { t, format },
    {
      who: t('sharing.column.with'),
      never: t('sharing.ends_never'),
      what: whatText,
      end: mayShare
        ? {
            href: (share) => urls.sharing.remove.to({ share }),
            text: t('sharing.delete'),
            label: (email) => t('sharing.delete_of', { email }),
          }
        : undefined,
    },
  )
}

/** What a share is about, in words. */
export function whatText(t: T, share: Share): string {
  const { scope, serial, license_count, tag, search } = share
  if (scope === 'tag') return t('sharing.what.tag', { tag: tag ?? '' })
  if (scope === 'search') return t('sharing.what.search', { search: search ?? '', count: license_count })
  if (scope === 'licenses') {
    return serial ? t('sharing.what.serial', { serial }) : t('sharing.what.licenses', { count: license_count })
  }
  return numbersText(t, share)
}

type ChooseProps = {
  t: T
  form: FormState
  email: string
  today: string
  numbers: GrantableNumber[]
  tags: string[]
  searches: { id: string; name: string }[]
}

/** Select Customer Numbers and the Access Level, then Finish. */
export function ChooseBody({ t, form, email, today, numbers, tags, searches }: ChooseProps) {
  const possible = scopes.filter(
    (scope) => (scope !== 'tag' || tags.length > 0) && (scope !== 'search' || searches.length > 0),
  )
  return (
    <Card>
      <Form t={t} form={form} action={urls.sharing.create.to()}>
        <input type="hidden" name="email" value={email} />
        <RadioField
          name="scope"
          label={t('sharing.form.what')}
          options={possible.map((value) => ({ value, text: t(`sharing.form.${value}`) }))}
          value="customers"
          required
        />
        <NumbersField t={t} numbers={numbers} />
        <TextArea name="serials" label={t('sharing.form.serials')} hint={t('sharing.form.serials.hint')} rows={3} />
        {tags.length > 0 && (
          <SelectField
            name="tag"
            label={t('sharing.form.tag_name')}
            empty={t('sharing.form.pick')}
            options={tags.map((tag) => ({ value: tag, text: tag }))}
          />
        )}
        {searches.length > 0 && (
          <SelectField
            name="search"
            label={t('sharing.form.search_name')}
            empty={t('sharing.form.pick')}
            options={searches.map(({ id, name }) => ({ value: id, text: name }))}
          />
        )}
        <LevelField t={t} />
        <TextField
          name="ends_on"
          type="date"
          label={t('sharing.ends_on')}
          hint={t('sharing.ends_on.hint')}
          min={today}
          width="medium"
        />
        <Actions>
          <Button look="primary">{t('sharing.finish')}</Button>
          <LinkButton href={urls.sharing.list.to()}>{t('sharing.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}

/** Customer numbers to tick, and those that come later. */
export function NumbersField({ t, numbers }: { t: T; numbers: GrantableNumber[] }) {
  const options: Option[] = numbers.map(({ number, name }) => ({ value: number, text: `${number} – ${name}` }))
  return (
    <>
      {options.length > 0 ? (
        <CheckboxesField name="customers" label={t('sharing.form.numbers')} options={options} />
      ) : (
        <p class="kp-note">{t('sharing.form.no_numbers')}</p>
      )}
      <CheckboxField name="new_numbers" label={t('sharing.form.new_numbers')} />
    </>
  )
}

/** Access Level, with what each lets the other side do. */
export function LevelField({ t, among = levels }: { t: T; among?: readonly Level[] }) {
  return (
    <RadioField
      name="level"
      label={t('sharing.level')}
      options={among.map((value) => ({
        value,
        text: t(`sharing.level.${value}`),
        hint: t(`sharing.level.${value}.hint`),
      }))}
      value="view"
      required
    />
  )
}

type RemoveProps = { t: T; share: Share }

/** Delete: what removing means, and Remove Sharing. */
export function RemoveBody({ t, share }: RemoveProps) {
  const { id, email, level } = share
  return (
    <Card>
      <p>
        <Text>{whatText(t, share)}</Text> · {t(`sharing.level.${level}`)}
      </p>
      <p>
        <Text>{t('sharing.remove.lead', { email })}</Text>
      </p>
      <Form t={t} form={{ values: {}, errors: {} }} action={urls.sharing.remove.to({ share: id })} unmarked>
        <Actions>
          <Button look="danger">{t('sharing.remove.submit')}</Button>
          <LinkButton href={urls.sharing.list.to()}>{t('sharing.cancel')}</LinkButton>
        </Actions>
      </Form>
    </Card>
  )
}
