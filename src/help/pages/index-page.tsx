import type { T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { Grid } from '../../ui/grid.tsx'
import { type HelpTopic, urls } from '../../urls.ts'

const groups = {
  start: ['create-account', 'user-agreement', 'sign-in', 'home'],
  register: [
    'serial-numbers',
    'refusals',
    'registration',
    'host-ids',
    'verification',
    'confirmation',
    'version-upgrade',
    'get-software',
    'verify-downloads',
  ],
  manage: [
    'license-catalog',
    'statuses',
    'license-options',
    'moving-licenses',
    'addresses',
    'fields',
    'history',
    'bulk-actions',
    'sharing',
    'transfers',
    'delegation',
    'service-requests',
    'changing-owners',
    'account-recovery',
    'license-files',
    'license-file-doctor',
  ],
  account: ['security', 'customer-numbers', 'roles', 'members', 'succession', 'notifications'],
  staff: ['request-queue'],
} as const satisfies Record<string, readonly HelpTopic[]>

/** All help pages, grouped by what somebody is about to do. */
export function HelpIndexBody({ t, titles }: { t: T; titles: Record<HelpTopic, string> }) {
  return (
    <Grid>
      {(['start', 'register', 'manage', 'account', 'staff'] as const).map((group) => (
        <Card title={t(`help.group.${group}`)}>
          <ul class="kp-links">
            {groups[group].map((topic) => (
              <li>
                <a href={urls.help.topic.to({ topic })}>{titles[topic]}</a>
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </Grid>
  )
}

/** Every topic that the index shows; a test holds it against all that exist. */
export const listedTopics: readonly HelpTopic[] = Object.values(groups).flat()
