import type { T } from '../../platform/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Actions } from '../../ui/form.tsx'
import { Text } from '../../ui/text.tsx'
import { urls } from '../../urls.ts'
import type { ColumnName } from '../catalog-columns.ts'
import type { CatalogField } from '../catalog-rows.ts'
import { nameOf } from './catalog-texts.ts'

type Props = { t: T; fields: CatalogField[]; columns: ColumnName[]; all: ColumnName[] }

/** Which columns the catalog shows the reader: those chosen first, in their order. */
export function ColumnsBody({ t, fields, columns, all }: Props) {
  const rows = [...columns, ...all.filter((name) => !columns.includes(name))]
  return (
    <form method="post" action={urls.licenses.columns.to()}>
      <Card action={<SaveButton t={t} />} title={t('catalog.columns')} foot={<Buttons t={t} />}>
        <p class="kp-note">{t('catalog.columns.first')}</p>
        <ol class="kp-columns">
          {rows.map((name, n) => (
            <li>
              <label class="form-check">
                <input
                  type="checkbox"
                  class="form-check-input"
                  name="column"
                  value={name}
                  checked={columns.includes(name)}
                />
                <span class="form-check-label">
                  <Text>{nameOf(t, name, fields)}</Text>
                </span>
              </label>
              {n < columns.length && (
                <Moves
                  t={t}
                  column={name}
                  name={nameOf(t, name, fields)}
                  first={n === 0}
                  last={n === columns.length - 1}
                />
              )}
            </li>
          ))}
        </ol>
      </Card>
    </form>
  )
}

function Moves(props: { t: T; column: string; name: string; first: boolean; last: boolean }) {
  const { t, column, name, first, last } = props
  return (
    <span class="kp-columns-moves">
      {!first && (
        <Button small look="quiet" icon="arrow-up" name="up" value={column} label={t('catalog.columns.up', { name })}>
          {''}
        </Button>
      )}
      {!last && (
        <Button
          small
          look="quiet"
          icon="arrow-down"
          name="down"
          value={column}
          label={t('catalog.columns.down', { name })}
        >
          {''}
        </Button>
      )}
    </span>
  )
}

/** Enter presses the first button of a form: it must not be one that moves a column. */
function SaveButton({ t }: { t: T }) {
  return (
    <Button look="primary" small>
      {t('catalog.columns.save')}
    </Button>
  )
}

function Buttons({ t }: { t: T }) {
  return (
    <Actions>
      <Button look="primary">{t('catalog.columns.save')}</Button>
      <Button name="usual" value="on">
        {t('catalog.columns.usual')}
      </Button>
    </Actions>
  )
}
