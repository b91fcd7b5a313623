/**
 * Get Software: releases of product versions, who may take their files, and who did.
 *
 * Invariants: a file is seen by nobody outside before it is whole, checked, signed and published; what was published
 * never changes, it can only be withdrawn; who may download what is decided in one place (rules.ts, and `may_download`
 * in SQL); each link that was followed is one row of downloads, with the bytes that were really sent.
 * Owns: releases, release_files, release_uploads, release_keys, software_terms, software_terms_acceptances, downloads,
 * release_subscriptions, release_notices.
 */
export { acceptTerms } from './accept-terms.ts'
export { addSent } from './count-bytes.ts'
export { createRelease } from './create-release.ts'
export { newLink } from './download-link.ts'
export { getTarget, noteDownload } from './follow-link.ts'
export { forgetClosed, giveUpUploads } from './jobs.ts'
export { publishRelease } from './publish-release.ts'
export { receiveFile } from './receive-file.ts'
export { releasesCommand } from './releases-command.ts'
export { saveTerms } from './save-terms.ts'
export { tellAboutRelease } from './tell-about-release.ts'
export { softwareWeb } from './web.tsx'
export { releasesAdminWeb } from './web-admin.tsx'
export { softwareFilesWeb } from './web-files.ts'
