import { Card } from '../../ui/card.tsx'
import { CopyCode } from '../../ui/copy-button.tsx'
import { urls } from '../../urls.ts'
import { publicKeyLine } from '../minisign.ts'
import type { ReleaseProps } from './release-page.tsx'

/** How to make sure that a file is whole and the vendor's, on each operating system. */
export function VerifyCard(props: ReleaseProps) {
  const { reading, product, offer, release, files, key_url } = props
  const { t, vendor } = reading
  const name = files[0]?.name
  if (!name) return null
  const names = { product: product.code, version: offer.version }
  const key = publicKeyLine({ id: release.key_id, public_key: release.public_key })
  const recipes = [
    ['windows', `Get-FileHash ${name} -Algorithm SHA256`],
    ['macos', 'shasum -a 256 --ignore-missing -c SHA256SUMS'],
    ['linux', 'sha256sum --ignore-missing -c SHA256SUMS'],
    ['signature', `minisign -Vm SHA256SUMS -P ${key}`],
  ] as const
  return (
    <Card title={t('downloads.verify.title')}>
      <p>
        {t('downloads.verify.lead', { vendor })}{' '}
        <a href={urls.software.manifest.to(names)} download="SHA256SUMS">
          SHA256SUMS
        </a>
        {' · '}
        <a href={urls.software.manifestSignature.to(names)} download="SHA256SUMS.minisig">
          SHA256SUMS.minisig
        </a>
        {' · '}
        <a href={key_url} download="minisign.pub">
          {t('downloads.verify.key')}
        </a>
        {' · '}
        <a href={urls.help.topic.to({ topic: 'verify-downloads' })}>{t('downloads.verify.help')}</a>
      </p>
      {recipes.map(([system, command]) => (
        <div class="kp-recipe">
          <h3>{t(`downloads.verify.${system}`)}</h3>
          <CopyCode t={t} text={command} name={t(`downloads.verify.${system}`)} wrap />
        </div>
      ))}
    </Card>
  )
}
