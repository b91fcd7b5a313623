import { HOST_TYPES } from '@keyport/license'
import type { MessageKey, T } from '../../platform/i18n.ts'
import { Alert, type AlertTone } from '../../ui/alert.tsx'
import { Button, LinkButton } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Icon } from '../../ui/icon.tsx'
import { urls } from '../../urls.ts'
import { type Verdict, verdicts } from '../diagnose.ts'
import { repairs } from '../repair.ts'

type Props = { t: T; vendor: string; support_email: string }

/** The form works in the browser alone: its fields have no names, and the script shows it. */
export function DoctorBody({ t, vendor, support_email }: Props) {
  return (
    <div
      class="kp-doctor"
      data-doctor
      data-jwks={urls.keys.jwks.to()}
      data-revocations={urls.keys.revocations.to()}
      data-pasted={t('doctor.pasted')}
    >
      <noscript>
        <Alert t={t} tone="info" title={t('doctor.no_script')}>
          <p>{t('doctor.no_script.text')}</p>
          <p>
            <a href={urls.help.topic.to({ topic: 'license-files' })}>{t('doctor.no_script.help')}</a>
          </p>
        </Alert>
      </noscript>
      <DoctorForm t={t} />
      <section class="kp-doctor-results" data-results aria-live="polite" aria-label={t('doctor.results')} />
      <Texts t={t} vendor={vendor} support_email={support_email} />
    </div>
  )
}

function DoctorForm({ t }: { t: T }) {
  return (
    <form class="kp-form kp-card" autocomplete="off" hidden>
      <div class="kp-card-body">
        <div class="kp-field kp-drop">
          <Icon name="file-certificate" />
          <label class="form-label" for="doctor-file">
            {t('doctor.file')}
          </label>
          <input id="doctor-file" data-field="file" type="file" multiple class="form-control" />
        </div>
        <div class="kp-field">
          <label class="form-label" for="doctor-text">
            {t('doctor.text')}
          </label>
          <textarea
            id="doctor-text"
            data-field="text"
            rows={4}
            class="form-control kp-code-input"
            spellcheck={false}
            autocapitalize="off"
            dir="ltr"
          />
        </div>
        <div class="kp-field">
          <label class="form-label" for="doctor-host">
            {t('doctor.host')}
          </label>
          <div class="form-hint" id="doctor-host-hint">
            {t('doctor.host.hint')} <a href={urls.help.topic.to({ topic: 'host-ids' })}>{t('doctor.host.help')}</a>
          </div>
          <input
            id="doctor-host"
            data-field="host"
            class="form-control kp-code-input kp-width-medium"
            aria-describedby="doctor-host-hint"
            maxlength={253}
            spellcheck={false}
            autocapitalize="off"
            dir="ltr"
          />
        </div>
        <div class="kp-actions">
          <Button look="primary" icon="shield-check">
            {t('doctor.check')}
          </Button>
        </div>
      </div>
    </form>
  )
}

const tones: Partial<Record<Verdict, AlertTone>> = {
  valid: 'success',
  expiring: 'warning',
  grace: 'warning',
  not_yet_valid: 'warning',
  code: 'info',
  archive: 'info',
  pdf: 'info',
  empty: 'info',
  no_crypto: 'warning',
  no_keys: 'warning',
}

/** What the script fills in: a text keeps its `{name}`. */
const names = ['product', 'serial', 'host', 'typed', 'starts', 'ends', 'grace_until', 'withdrawn']
const later = Object.fromEntries(names.map((name) => [name, `{${name}}`]))

/** Each text takes of the values what it names. */
function textOf(t: T, key: MessageKey, values: Record<string, string>): string {
  return (t as (key: MessageKey, values: Record<string, string>) => string)(key, { ...later, ...values })
}

/** Everything that the script may have to say; what it fills in stays in braces. */
function Texts({ t, vendor, support_email }: Props) {
  const values = { vendor, support_email }
  return (
    <>
      <template data-template="result">
        <Card title=" ">
          <div data-body />
        </Card>
      </template>
      {verdicts.map((verdict) => (
        <template data-template={`verdict.${verdict}`}>
          <Alert t={t} tone={tones[verdict] ?? 'danger'} title={textOf(t, `doctor.verdict.${verdict}`, values)} quiet>
            <p>{textOf(t, `doctor.do.${verdict}`, values)}</p>
          </Alert>
        </template>
      ))}
      <template data-template="unsure">
        <Alert t={t} tone="warning" title={t('doctor.unsure')} quiet>
          <p>{t('doctor.unsure.text')}</p>
        </Alert>
      </template>
      <template data-template="repairs">
        <Repairs t={t} />
      </template>
      <template data-template="facts">
        <Facts t={t} />
      </template>
      <template data-template="words">
        <Words t={t} />
      </template>
    </>
  )
}

function Repairs({ t }: { t: T }) {
  return (
    <div class="kp-doctor-part">
      <Alert t={t} tone="warning" title={t('doctor.repaired')} quiet>
        <ul>
          {(['utf16', ...repairs] as const).map((repair) => (
            <li data-repair={repair}>{t(`doctor.repair.${repair}`)}</li>
          ))}
        </ul>
        <p>{t('doctor.repaired.do')}</p>
        <LinkButton href="" icon="download" download>
          {t('doctor.repaired.save')}
        </LinkButton>
      </Alert>
    </div>
  )
}

const facts = {
  product: 'licenses.kind.product',
  serial: 'doctor.fact.serial',
  quantity: 'licenses.details.quantity',
  licensee: 'licenses.details.registered_to',
  host: 'doctor.fact.host',
  starts: 'doctor.fact.starts',
  ends: 'doctor.fact.ends',
  grace: 'doctor.fact.grace',
  maintenance: 'doctor.fact.maintenance',
  kind: 'licenses.details.kind',
  features: 'doctor.fact.features',
  temporary: 'doctor.fact.temporary',
  issued: 'doctor.fact.issued',
  issuer: 'doctor.fact.issuer',
  key: 'doctor.fact.key',
  signed_by: 'doctor.fact.signed_by',
} as const satisfies Record<string, MessageKey>

function Facts({ t }: { t: T }) {
  return (
    <div class="kp-doctor-part">
      <h3>{t('doctor.facts')}</h3>
      <dl class="kp-facts kp-facts-columns">
        {Object.entries(facts).map(([fact, label]) => (
          <div data-fact={fact}>
            <dt>{t(label)}</dt>
            <dd />
          </div>
        ))}
      </dl>
      <p>
        <a data-fill href={urls.licenses.show.to({ serial: 'SERIAL' }).replace('SERIAL', '{serial}')}>
          {t('doctor.open')}
        </a>
      </p>
    </div>
  )
}

const kinds = ['product', 'subscription', 'maintenance', 'content'] as const
const meters = ['device', 'user', 'server', 'core', 'instance', 'site'] as const

/** Words for what licenses say in codes; of each count the two forms that our languages have. */
function Words({ t }: { t: T }) {
  const words: Record<string, string> = {
    perpetual: t('licenses.details.perpetual'),
    any_host: t('doctor.any_host'),
    yes: t('licenses.details.yes'),
  }
  for (const kind of kinds) words[`kind.${kind}`] = t(`licenses.kind.${kind}`)
  for (const type of HOST_TYPES) words[`host.${type}`] = t(`registration.host.${type}`)
  for (const meter of meters) {
    words[`meter.${meter}.one`] = t(`licenses.meter.${meter}`, { count: 1 }).replace('1', '{count}')
    words[`meter.${meter}.other`] = t(`licenses.meter.${meter}`, { count: 7 }).replace('7', '{count}')
  }
  return (
    <>
      {Object.entries(words).map(([key, word]) => (
        <span data-word={key}>{word}</span>
      ))}
    </>
  )
}
