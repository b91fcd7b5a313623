import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../platform/errors.ts'
import { allow } from '../platform/http/access.ts'
import { acceptUpTo } from '../platform/http/body-limit.ts'
import type { OperatorEnv } from '../platform/http/env.ts'
import { readFileForm } from '../platform/http/file-form.ts'
import { leaveFlash } from '../platform/http/flash.ts'
import { errorsOf, type FormState, readForm, refused } from '../platform/http/form.ts'
import { openStorage, partSize } from '../platform/storage/index.ts'
import { urls } from '../urls.ts'
import { uuidPattern } from './admin-queries.ts'
import { abandonUpload, beginUpload } from './begin-upload.ts'
import { finishUpload } from './finish-upload.ts'
import { receiveFile } from './receive-file.ts'
import { receivePart } from './receive-part.ts'
import { largestFile } from './rules.ts'
import { newUploadSchema } from './schemas.ts'
import { getUpload } from './uploads.ts'

const offsetSchema = z.coerce.number().int().min(0)

type ReleasePage = (c: Context<OperatorEnv>, form: FormState) => Response | Promise<Response>

/**
 * Files on their way to the portal: in parts, for the script of the page and other programs, which are answered with
 * JSON; and in one go, for browsers without script. `page` shows a refused form again.
 */
export function uploadsWeb(page: ReleasePage) {
  return new Hono<OperatorEnv>()
    .post(urls.admin.uploads.pattern, allow(['catalog']), async (c) => {
      const { t, actor } = c.var
      const form = await readForm(c, newUploadSchema)
      if (!form.ok) return c.json({ errors: form.errors }, 422)
      const begun = await beginUpload(needsOf(c), actor, { ...form.value, release_id: idOf(c, 'release') })
      if (!begun.ok) return c.json({ errors: { name: t(`releases.upload.refused.${begun.refusal}`) } }, 422)
      const { upload_id: upload, received } = begun
      return c.json({
        part: urls.admin.upload.to({ upload }),
        finish: urls.admin.finishUpload.to({ upload }),
        received,
        part_size: partSize,
      })
    })
    .get(urls.admin.upload.pattern, allow(['catalog']), async (c) => {
      const { received, size, name } = await getUpload(c.var.db, idOf(c, 'upload'))
      return c.json({ name, size, received, part_size: partSize })
    })
    .post(urls.admin.upload.pattern, allow(['catalog']), acceptUpTo(partSize), async (c) => {
      const offset = offsetSchema.safeParse(c.req.query('offset') ?? '')
      if (!offset.success) throw new AppError('malformed')
      const upload_id = idOf(c, 'upload')
      const bytes = new Uint8Array(await c.req.arrayBuffer())
      const part = await receivePart(needsOf(c), c.var.actor, { upload_id, offset: offset.data, bytes })
      if (part.ok) return c.json({ received: part.received })
      const { received } = await getUpload(c.var.db, upload_id)
      return c.json({ received, refusal: part.refusal }, 409)
    })
    .post(urls.admin.finishUpload.pattern, allow(['catalog']), async (c) => {
      const { t, actor } = c.var
      const finished = await finishUpload(needsOf(c), actor, idOf(c, 'upload'))
      if (finished.ok) return c.json({ sha256: finished.sha256 })
      return c.json({ errors: { sha256: t(`releases.upload.refused.${finished.refusal}`) } }, 422)
    })
    .post(urls.admin.abandonUpload.pattern, allow(['catalog']), async (c) => {
      const { release_id } = await getUpload(c.var.db, idOf(c, 'upload'))
      await abandonUpload(needsOf(c), c.var.actor, idOf(c, 'upload'))
      leaveFlash(c, 'success', c.var.t('releases.upload.abandoned'))
      return c.redirect(urls.admin.release.to({ release: release_id }), 303)
    })
    .post(urls.admin.releaseFiles.pattern, allow(['catalog']), acceptUpTo(largestFile + 1_000_000), async (c) => {
      const { t, actor } = c.var
      const release_id = idOf(c, 'release')
      const { values, file, drop } = await readFileForm(c)
      const form = { values, errors: {} }
      if (!file?.name) return page(c, refused(form, 'file', t('form.required')))
      const input = newUploadSchema.omit({ size: true }).safeParse({ ...values, name: file.name })
      if (!input.success) {
        drop()
        const { name, ...errors } = errorsOf(input.error.issues, t)
        return page(c, { values, errors: { ...errors, ...(name && { file: name }) } })
      }
      const received = await receiveFile(needsOf(c), actor, { ...input.data, release_id }, file.body)
      if (!received.ok) return page(c, refused(form, 'file', t(`releases.upload.refused.${received.refusal}`)))
      leaveFlash(c, 'success', t('releases.upload.done', { name: file.name }))
      return c.redirect(urls.admin.release.to({ release: release_id }), 303)
    })
}

function needsOf(c: Context<OperatorEnv>) {
  const { db, config } = c.var
  return { db, config, storage: openStorage(config) }
}

/** @throws AppError `not_found` for what is no id. */
export function idOf(c: Context<OperatorEnv>, name: 'release' | 'upload' | 'file'): string {
  const id = c.req.param(name) ?? ''
  if (!uuidPattern.test(id)) throw new AppError('not_found')
  return id
}
