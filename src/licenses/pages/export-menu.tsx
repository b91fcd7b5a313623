import type { T } from '../../platform/i18n.ts'
import { Icon } from '../../ui/icon.tsx'
import { Menu } from '../../ui/menus.tsx'
import { MenuItem } from '../../ui/table.tsx'
import { urls } from '../../urls.ts'
import { type CatalogQuery, questionOf, sortOf } from '../schemas.ts'

const formats = ['csv', 'xlsx', 'json', 'cyclonedx'] as const

/** The whole result of the catalog as a file; for the tools above its list. */
export function ExportMenu({ t, query, with_keys }: { t: T; query: CatalogQuery; with_keys: boolean }) {
  const face = (
    <>
      <Icon name="download" />
      <span class="kp-menu-face">{t('export.menu')}</span>
    </>
  )
  return (
    <Menu face={face} class="kp-menu-btn-face">
      <p class="kp-menu-note">{t(with_keys ? 'export.note.keys' : 'export.note.no_keys')}</p>
      {formats.map((format) => (
        <MenuItem
          text={t(`export.format.${format}`)}
          icon="file-download"
          href={urls.licenses.export.to({ format }, { ...questionOf(query), ...sortOf(query) })}
        />
      ))}
    </Menu>
  )
}
