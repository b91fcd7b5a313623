import { Hono } from 'hono'
import { allow } from '../platform/http/access.ts'
import type { PublicEnv } from '../platform/http/env.ts'
import { shellFor } from '../shell.tsx'
import { Page, PublicPage } from '../ui/layout.tsx'
import { urls } from '../urls.ts'
import { DoctorBody } from './pages/doctor-page.tsx'

export const doctorWeb = new Hono<PublicEnv>().get(urls.doctor.pattern, allow('anyone'), (c) => {
  const { t, config } = c.var
  const shell = shellFor(c)
  const frame = { shell, title: t('doctor.title'), lead: t('doctor.lead'), script: 'doctor.js' }
  const body = <DoctorBody t={t} vendor={config.vendor.name} support_email={config.support_email} />
  return c.html(
    shell.account ? (
      <Page {...frame} narrow>
        {body}
      </Page>
    ) : (
      <PublicPage {...frame} wide>
        {body}
      </PublicPage>
    ),
  )
})
