import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions, FieldRow, FileField, Form, SelectField, TextField } from '../../ui/form.tsx'
import { urls } from '../../urls.ts'
import { platforms } from '../rules.ts'
import { type AdminReleaseProps, only } from './admin-release-props.ts'

/**
 * Sends a file: in parts with progress where the script runs, in one go without. The file stands last in the form,
 * so that what is said of it arrives before its bytes.
 */
export function UploadCard({ t, form, release }: AdminReleaseProps) {
  const own = only(form, 'platform', 'language', 'countries', 'sha256', 'file')
  const names = { release: release.id }
  return (
    <Card title={t('releases.upload.title')}>
      <div
        data-upload={urls.admin.uploads.to(names)}
        data-upload-done={urls.admin.release.to(names)}
        data-upload-texts={JSON.stringify({
          sending: t('releases.upload.sending'),
          waiting: t('releases.upload.waiting'),
          finishing: t('releases.upload.finishing'),
          failed: t('releases.upload.failed'),
        })}
      >
        <Form t={t} form={own} action={urls.admin.releaseFiles.to(names)} multipart>
          <FieldRow>
            <SelectField
              name="platform"
              label={t('downloads.platform')}
              required
              options={platforms.map((value) => ({ value, text: t(`downloads.platform.${value}`) }))}
            />
            <TextField
              name="language"
              label={t('downloads.language')}
              hint={t('releases.upload.language_hint')}
              autocomplete="off"
              maxlength={35}
              code
            />
            <TextField
              name="countries"
              label={t('releases.upload.countries')}
              hint={t('releases.upload.countries_hint')}
              autocomplete="off"
              maxlength={400}
              code
            />
          </FieldRow>
          <TextField
            name="sha256"
            label={t('releases.upload.sha256')}
            hint={t('releases.upload.sha256_hint')}
            autocomplete="off"
            maxlength={64}
            code
          />
          <FileField name="file" label={t('downloads.file')} hint={t('releases.upload.file_hint')} required />
          <div class="kp-progress" data-upload-progress hidden>
            <div class="kp-progress-head">
              <label for="upload-bar" data-upload-state>
                {t('releases.upload.sending')}
              </label>
              <output for="upload-bar" data-upload-percent />
            </div>
            <progress id="upload-bar" max={100} value={0} />
          </div>
          <p class="kp-field-error" role="alert" data-upload-error hidden />
          <Actions>
            <Button look="primary" icon="upload">
              {t('releases.upload.submit')}
            </Button>
          </Actions>
        </Form>
      </div>
    </Card>
  )
}
