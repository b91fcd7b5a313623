/** Every part of the UI kit on a few pages, for the eye and for axe. Rendered in tests only. */
import type { Child } from 'hono/jsx'
import { emptyForm, type FormState } from '../src/platform/http/form.ts'
import { type Locale, localeNames, locales, textsFor } from '../src/platform/i18n.ts'
import { Agreement } from '../src/ui/agreement.tsx'
import { Alert } from '../src/ui/alert.tsx'
import { StatusBadge } from '../src/ui/badge.tsx'
import { Button, LinkButton } from '../src/ui/button.tsx'
import { Card } from '../src/ui/card.tsx'
import { BarChart } from '../src/ui/chart.tsx'
import { CopyButton, CopyCode } from '../src/ui/copy-button.tsx'
import { DescriptionList } from '../src/ui/description-list.tsx'
import {
  Actions,
  CheckboxesField,
  CheckboxField,
  FieldRow,
  Fieldset,
  FileField,
  Form,
  PasswordField,
  RadioField,
  SelectField,
  TextArea,
  TextField,
} from '../src/ui/form.tsx'
import { ErrorPage, Page, PublicPage, type Shell, type Theme } from '../src/ui/layout.tsx'
import { Progress } from '../src/ui/progress.tsx'
import { BulkBar, DataTable, FilterBar, FilterChips, MenuItem } from '../src/ui/table.tsx'
import { Text } from '../src/ui/text.tsx'
import { Stepper, SummarySection, WizardBody } from '../src/ui/wizard.tsx'

export type Look = { theme: Theme; locale?: Locale; dir?: 'ltr' | 'rtl'; after?: string; q?: string }

export function shellFor({ theme, locale = 'en', dir = 'ltr' }: Look, signedIn = true): Shell {
  return {
    t: textsFor(locale),
    locale,
    dir,
    theme,
    brand: {
      name: 'Keyport',
      panel: {
        title: 'Your licenses, keys and software in one place',
        points: [
          { icon: 'key', text: 'Register what you bought and get its license keys at once' },
          { icon: 'license', text: 'See every license of your company, wherever it runs' },
          { icon: 'trending-up', text: 'Upgrade, move and share licenses by yourself' },
        ],
      },
    },
    path: '/gallery',
    locales: locales.map((code) => ({ code, name: localeNames[code] })),
    languageAction: '/language',
    themeAction: '/theme',
    homeHref: '/',
    helpHref: '/help',
    nav: [
      { text: 'Home', href: '/', icon: 'home' },
      { text: 'Get a License Key (New Purchase)', href: '/new', icon: 'key', current: true },
      { text: 'Version Upgrade', href: '/upgrade', icon: 'trending-up' },
      { text: 'Manage My Licenses', href: '/licenses', icon: 'license', count: 3 },
      { text: 'Gerenciamento de licenças corporativas flexíveis por contrato', href: '/flex', icon: 'building' },
      { text: 'Customer Service', href: '/help', icon: 'headset' },
    ],
    findAction: signedIn ? '/licenses' : undefined,
    account: signedIn ? account : undefined,
  }
}

const account: Shell['account'] = {
  name: 'Zoë Ångström-Nakamura',
  email: 'zoe.angstrom@contoso-maschinenbau.example',
  organization: 'Contoso Maschinenbau GmbH & Co. KG',
  links: [
    { text: 'Edit My Account', href: '/account', icon: 'user' },
    { text: 'Help', href: '/help', icon: 'help-circle' },
  ],
  signOutAction: '/logout',
  switchAction: '/organizations/current',
  organizations: [
    { id: '1', name: 'Contoso Maschinenbau GmbH & Co. KG', current: true },
    { id: '2', name: 'شركة النور للبرمجيات', current: false },
  ],
}

type License = { serial: string; product: string; quantity: number; status: Child; ends: string }

const licenses: License[] = [
  {
    serial: 'K7QX-M2PD-9WTR-4HNC',
    product: 'Backup Exec Server 22.1',
    quantity: 1200,
    status: <StatusBadge tone="success" text="Active" date="until 3 March 2027" />,
    ends: '3 March 2027',
  },
  {
    serial: 'M0123456789',
    product: 'Endpoint Protection for Desktop and Mobile Devices – Enterprise Edition',
    quantity: 25,
    status: <StatusBadge tone="warning" text="Expiring" date="in 22 days" />,
    ends: '14 December 2026',
  },
  {
    serial: 'K3WT-PPD4-71QX-RRC9',
    product: 'Schlüsselverwaltung für Rechenzentren',
    quantity: 4,
    status: <StatusBadge tone="danger" text="Expired" date="2 months ago" />,
    ends: '20 September 2026',
  },
  {
    serial: 'K9NC-4HN2-MMPD-7QXA',
    product: 'データ保護スイート 12',
    quantity: 80,
    status: <StatusBadge tone="info" text="Starts later" icon="calendar" date="1 January 2027" />,
    ends: '31 December 2027',
  },
  {
    serial: 'K2PD-9WTR-4HNC-K7QX',
    product: 'Archive',
    quantity: 1,
    status: <StatusBadge tone="neutral" text="Superseded" icon="history" date="since 4 May 2026" />,
    ends: 'Never',
  },
]

/** A catalog: filters, chips, bulk bar, sorted table, row menus, more rows. */
export function TablePage({ look }: { look: Look }) {
  const shell = shellFor(look)
  const { t } = shell
  return (
    <Page
      shell={{ ...shell, flash: { tone: 'success', text: 'Three licenses were registered.' } }}
      title="Manage My Licenses"
      lead="Every license of your organization, and those shared with you."
      breadcrumb={[{ text: 'Home', href: '/' }]}
      action={{ text: 'Get a License Key', href: '/new', icon: 'plus' }}
      actions={
        <LinkButton href="/csv" icon="download">
          Export
        </LinkButton>
      }
      live
    >
      <FilterBar
        t={t}
        form={{ values: { q: look.q ?? '' }, errors: {} }}
        action="/table"
        label="Search"
        results="found"
      >
        <TextField name="q" label="Find" type="search" />
        <SelectField name="status" label="Status" options={[{ value: 'active', text: 'Active' }]} empty="Any" />
        <Button look="primary" icon="search">
          Show
        </Button>
      </FilterBar>
      <div id="found">
        <FilterChips
          t={t}
          clearHref="/licenses"
          filters={[
            { label: 'Status', value: 'Active', removeHref: '/licenses?a' },
            { label: 'Product', value: 'شركة النور', removeHref: '/licenses?b' },
          ]}
        />
        <Card flush>
          <BulkBar t={t} form="bulk" action="/bulk">
            <Button small icon="file-download" name="do" value="download">
              Download keys
            </Button>
            <Button small icon="users" name="do" value="assign">
              Assign contacts
            </Button>
          </BulkBar>
          <DataTable<License>
            t={t}
            caption="Licenses"
            columns={[
              {
                key: 'serial',
                head: 'Serial number',
                main: true,
                sortable: true,
                cell: (l) => <CopyCode t={t} text={l.serial} name={l.serial} />,
              },
              { key: 'product', head: 'Product', sortable: true, cell: (l) => <Text>{l.product}</Text> },
              { key: 'quantity', head: 'Quantity', align: 'end', sortable: true, cell: (l) => l.quantity },
              { key: 'status', head: 'Status', cell: (l) => l.status },
              { key: 'ends', head: 'Ends', nowrap: true, cell: (l) => l.ends },
            ]}
            rows={
              look.after
                ? [{ ...licenses[0]!, serial: 'KMOR-E000-0000-0001' }]
                : licenses.filter(({ product }) => product.includes(look.q ?? ''))
            }
            sort={{
              by: 'product',
              direction: 'up',
              href: (by, direction) => `/licenses?sort=${by}&direction=${direction}`,
            }}
            select={{
              name: 'license',
              form: 'bulk',
              value: (l) => l.serial,
              label: (l) => l.serial,
              chosen: new Set(['M0123456789']),
            }}
            menu={{
              label: (l) => l.serial,
              items: () => (
                <>
                  <MenuItem text="License Key Details" icon="license" href="/l" />
                  <MenuItem text="Remove" icon="trash" action="/remove" danger />
                </>
              ),
            }}
            empty={{ title: 'None' }}
            moreHref={look.after ? undefined : '/table?after=x'}
          />
        </Card>
      </div>
      <Card flush>
        <DataTable<License>
          t={t}
          caption="Nothing"
          columns={[]}
          rows={[]}
          empty={{
            title: 'No licenses yet',
            text: 'Register a serial number from your certificate and its key appears here.',
            icon: 'key',
            action: (
              <LinkButton look="primary" href="/new">
                Get a License Key
              </LinkButton>
            ),
          }}
        />
      </Card>
    </Page>
  )
}

const wrong: FormState = {
  values: { company: 'Contoso Maschinenbau GmbH & Co. KG', country: 'DE', notify: ['keys'], host: '00-1B-63-84-45-E6' },
  errors: {
    email: 'Enter an e-mail address, for example name@company.com',
    host: 'Enter the host ID as 12 hexadecimal digits',
    form: 'Somebody changed this license in the meantime. Look again before you go on.',
  },
}

const steps = [
  { name: 'Serial numbers', href: '/1' },
  { name: 'Registration' },
  { name: 'License Registration Verification' },
  { name: 'License Key Confirmation' },
]

/** A step of a wizard: every kind of field, refused. */
export function WizardPage({ look }: { look: Look }) {
  const shell = shellFor(look)
  const { t } = shell
  return (
    <Page
      shell={shell}
      title="Registration"
      lead="Entered once for all three licenses; change it per license where it differs."
      breadcrumb={[
        { text: 'Home', href: '/' },
        { text: 'Get a License Key', href: '/new' },
      ]}
      refused
      focusTitle
    >
      <Stepper t={t} steps={steps} current={1} />
      <WizardBody aside={<Aside look={look} />}>
        <Card>
          <Form t={t} form={wrong} action="/save">
            <Fieldset legend="Registered to" hint="The company that owns the licenses from now on.">
              <TextField name="company" label="Company" required autocomplete="organization" />
              <FieldRow>
                <TextField name="email" label="E-mail" type="email" required autocomplete="email" width="medium" />
                <SelectField
                  name="country"
                  label="Country"
                  required
                  options={[
                    { value: 'DE', text: 'Germany' },
                    { value: 'JP', text: 'Japan' },
                  ]}
                  autocomplete="country"
                />
              </FieldRow>
            </Fieldset>
            <Fieldset legend="Where it runs">
              <TextField
                name="host"
                label="Host ID"
                hint="On Windows: run getmac. The first line is the host ID."
                required
                code
                width="medium"
                after={<Button>Add</Button>}
              />
              <TextField name="city" label="City" options={['Berlin', 'Lyon', 'São Paulo']} />
              <TextArea name="note" label="Comments" rows={3} />
              <RadioField
                name="quantity"
                label="Quantity"
                required
                value="all"
                options={[
                  { value: 'all', text: 'All 25 devices on this host' },
                  { value: 'part', text: 'A part', hint: 'The rest stays free for other hosts.' },
                ]}
              />
              <CheckboxesField
                name="notify"
                label="Tell me about"
                options={[
                  { value: 'keys', text: 'New keys' },
                  { value: 'versions', text: 'New versions' },
                ]}
                inline
              />
              <FileField name="list" label="List of hosts" hint="CSV or XLSX" accept=".csv,.xlsx" />
              <TextField name="start" label="Start" type="date" width="short" />
              <CheckboxField name="agree" label="I may register these licenses for my company" required />
            </Fieldset>
            <Actions>
              <Button look="primary">Next</Button>
              <LinkButton href="/1">Back</LinkButton>
              <Button look="quiet" name="later">
                Save and finish later
              </Button>
            </Actions>
          </Form>
        </Card>
      </WizardBody>
    </Page>
  )
}

function Aside({ look }: { look: Look }) {
  const { t } = shellFor(look)
  return (
    <SummarySection t={t} title="Your serial numbers" editHref="/1">
      <DescriptionList
        items={licenses
          .slice(0, 3)
          .map(({ serial, product }) => ({ label: product, value: <CopyCode t={t} text={serial} name={serial} /> }))}
        columns
      />
    </SummarySection>
  )
}

/** The confirmation: keys to copy, print and download, with facts, messages, progress and a chart. */
export function ConfirmationPage({ look }: { look: Look }) {
  const shell = shellFor(look)
  const { t } = shell
  return (
    <Page
      shell={shell}
      title="License Key Confirmation"
      live
      breadcrumb={[{ text: 'Home', href: '/' }]}
      focusTitle
      actions={
        <LinkButton href="#" icon="printer">
          Print
        </LinkButton>
      }
      action={{ text: 'Download all', href: '/zip', icon: 'download' }}
    >
      <Stepper t={t} steps={steps} current={4} />
      <Alert t={t} tone="success" title="Registration complete">
        <p>
          Three licenses belong to <Text>Contoso Maschinenbau GmbH</Text>. We sent the keys to{' '}
          <a href="mailto:x@example.com">your technical contacts</a>.
        </p>
      </Alert>
      <SummarySection t={t} title="Backup Exec Server 22.1" editHref="/2">
        <DescriptionList
          items={[
            { label: 'Serial number', value: <CopyCode t={t} text="K7QX-M2PD-9WTR-4HNC" name="serial number" /> },
            { label: 'License key', value: <CopyCode t={t} text="0O1Il-8B5S2-QWRTY-PASDF-GHJKL" name="license key" /> },
            {
              label: 'Signed text',
              value: (
                <CopyCode
                  t={t}
                  wrap
                  text="eyJhbGciOiJFZERTQSIsImtpZCI6ImsxIn0.eyJzZXJpYWwiOiJLN1FYLU0yUEQtOVdUUi00SE5DIiwicXR5IjoxMjAwfQ.MEUCIQD"
                  name="signed text"
                />
              ),
            },
            { label: 'Install-at address', value: <Text>شارع الملك فهد 12، الرياض</Text> },
            { label: 'Not there', value: null },
          ]}
        />
        <Actions>
          <LinkButton href="/f" icon="file-certificate" download>
            Download license file
          </LinkButton>
          <CopyButton t={t} text="x" name="license key" />
          <Button look="danger" icon="trash">
            Revoke
          </Button>
          <Button look="link">Show the old key</Button>
        </Actions>
      </SummarySection>
      <Alert t={t} tone="warning" title="Maintenance ends in 22 days">
        <a href="/renew">Renew it</a> to keep receiving new versions.
      </Alert>
      <Alert t={t} tone="danger" title="The license file could not be made" />
      <Alert t={t} tone="info" title="Enterprise Flex licenses are drawn down in their own application" />
      <Card title="Registering 10,000 serial numbers">
        <Progress
          t={t}
          label="Registering"
          done={4200}
          total={10000}
          shown={{ done: '4,200', total: '10,000' }}
          href="/confirmation"
        />
      </Card>
      <Card title="Licenses that end, by month" action={<a href="/licenses">See them</a>}>
        <BarChart
          t={t}
          title="Licenses that end, by month"
          labelHead="Month"
          valueHead="Licenses"
          bars={['Nov', 'Dec', 'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct'].map(
            (label, n) => ({ label, value: (n * 7) % 11, shown: String((n * 7) % 11) }),
          )}
        />
      </Card>
    </Page>
  )
}

/** Signing in: the page that everybody sees first. */
export function LoginPage({ look }: { look: Look }) {
  const shell = shellFor(look, false)
  const { t } = shell
  return (
    <PublicPage
      shell={shell}
      title="Login To Your Account"
      below={
        <p>
          New here? <a href="/new">Create Account</a>
        </p>
      }
    >
      <Form t={t} form={emptyForm} action="/login" unmarked>
        <TextField name="email" label="User name (e-mail)" type="email" required autocomplete="username" />
        <PasswordField name="password" label="Password" required autocomplete="current-password" />
        <CheckboxField name="stay" label="Stay signed in on this device" />
        <Button look="primary" wide>
          Login
        </Button>
      </Form>
      <p class="text-center">
        <a href="/forgot">Forgot your password?</a>
      </p>
    </PublicPage>
  )
}

export function AgreementPage({ look }: { look: Look }) {
  const shell = shellFor(look, false)
  return (
    <PublicPage shell={shell} title="User Agreement" lead="Version of 1 October 2026" wide>
      <Agreement
        t={shell.t}
        form={emptyForm}
        action="/agree"
        title="User Agreement"
        accept="Accept"
        decline="Decline"
        text={Array.from({ length: 14 }, (_, n) => (
          <>
            <h2>{`${n + 1}. Use of the portal`}</h2>
            <p>
              You may use the portal to register what your company bought, to get its license keys and to manage its
              licenses. Keep your login to yourself; what is done with it counts as done by you.
            </p>
          </>
        ))}
      />
    </PublicPage>
  )
}

export function NotFoundPage({ look }: { look: Look }) {
  const shell = shellFor(look)
  const { t } = shell
  return (
    <ErrorPage
      shell={shell}
      title={t('errors.not_found.title')}
      text={t('errors.not_found.text')}
      note={t('errors.request_id', { id: '01JD2Z' })}
      action={{ text: 'Home', href: '/' }}
    />
  )
}

export const pages = {
  login: LoginPage,
  agreement: AgreementPage,
  table: TablePage,
  wizard: WizardPage,
  confirmation: ConfirmationPage,
  'not-found': NotFoundPage,
}
