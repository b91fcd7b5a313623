import type { T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { Icon, type IconName } from '../../ui/icon.tsx'
import { urls } from '../../urls.ts'
import type { LicenseOption } from '../option-rules.ts'

/** An entry of License Key Options: where it leads, or why not. */
export type OptionEntry = { option: LicenseOption; refused: string | null }

const entries: Record<LicenseOption, { icon: IconName; href: (names: { serial: string }) => string }> = {
  upgrade: { icon: 'refresh', href: urls.upgrades.ofLicense.to },
  address: { icon: 'building', href: urls.licenses.address.to },
  rehost: { icon: 'server', href: urls.deployments.rehost.to },
  deploy: { icon: 'plus', href: urls.deployments.deploy.to },
  fields: { icon: 'edit', href: urls.fields.ofLicense.to },
  comment: { icon: 'pencil', href: urls.licenses.comments.to },
  contacts: { icon: 'users', href: urls.licenses.contacts.to },
  tags: { icon: 'ticket', href: urls.licenses.tags.to },
  split: { icon: 'arrows-sort', href: urls.deployments.split.to },
  return: { icon: 'inbox', href: urls.deployments.return.to },
  reissue: { icon: 'refresh', href: urls.deployments.reissue.to },
  downgrade: { icon: 'history', href: urls.deployments.downgrade.to },
  software: { icon: 'download', href: urls.software.ofLicense.to },
  certificate: { icon: 'certificate', href: urls.licenses.certificate.to },
  share: { icon: 'users', href: ({ serial }) => urls.sharing.list.to({ license: serial }) },
  ownership: { icon: 'arrows-sort', href: urls.transfers.ownership.to },
}

/** Everything that can be done with the license. What cannot, stands below with its reason, each reason once. */
export function OptionsCard({ t, serial, options }: { t: T; serial: string; options: OptionEntry[] }) {
  const allowed = options.filter(({ refused }) => !refused)
  const reasons = [...new Set(options.flatMap(({ refused }) => refused ?? []))]
  return (
    <Card title={t('licenses.options.title')} id="options" flush>
      <ul class="kp-options">
        {allowed.map(({ option }) => (
          <li>
            <a
              class="kp-option"
              href={entries[option].href({ serial })}
              download={option === 'certificate' ? '' : undefined}
            >
              <Icon name={entries[option].icon} />
              <span class="kp-option-name">{t(`licenses.option.${option}`)}</span>
            </a>
          </li>
        ))}
        {reasons.map((reason) => (
          <li>
            <div class="kp-option">
              <Icon name="lock" />
              <div>
                {options
                  .filter(({ refused }) => refused === reason)
                  .map(({ option }) => (
                    <span class="kp-option-name">{t(`licenses.option.${option}`)}</span>
                  ))}
                <span class="kp-option-reason">{reason}</span>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  )
}
