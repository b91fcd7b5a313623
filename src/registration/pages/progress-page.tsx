import type { Format, T } from '../../platform/i18n.ts'
import { Alert } from '../../ui/alert.tsx'
import { Button } from '../../ui/button.tsx'
import { Progress } from '../../ui/progress.tsx'
import type { Draft } from '../queries.ts'
import { wizardUrls } from '../wizard.ts'
import { Steps } from './steps.tsx'

/** A large basket on its way. `stalled`: its job has not moved for long, or gave up. */
export function ProgressPage({ t, format, draft, stalled }: { t: T; format: Format; draft: Draft; stalled: boolean }) {
  const { progress_done, progress_total } = draft
  const { progress } = wizardUrls[draft.purpose]
  const names = { draft: draft.id }
  return (
    <>
      <Steps t={t} purpose={draft.purpose} draft_id={null} current="progress" />
      <Progress
        t={t}
        label={t('registration.progress.label')}
        done={progress_done}
        total={progress_total}
        shown={{ done: format.number(progress_done), total: format.number(progress_total) }}
        href={progress.to(names)}
      />
      {stalled && (
        <Alert t={t} tone="warning" title={t('registration.progress.stalled')}>
          <form method="post" action={progress.to(names)}>
            <Button icon="refresh">{t('registration.progress.again')}</Button>
          </form>
        </Alert>
      )}
    </>
  )
}
