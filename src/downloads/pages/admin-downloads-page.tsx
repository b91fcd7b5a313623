import type { Day } from '../../platform/actor.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { BarChart, RowChart } from '../../ui/chart.tsx'
import type { DownloadRow } from '../history.ts'
import { HistoryTable } from './history-page.tsx'

type Props = {
  t: T
  format: Format
  rows: DownloadRow[]
  months: { month: Day; count: number }[]
  products: { product: string; count: number }[]
  moreHref: string | undefined
}

/** What everybody downloads: by month, by product, and one by one. */
export function AdminDownloadsBody({ t, format, rows, months, products, moreHref }: Props) {
  const heads = { t, valueHead: t('releases.downloads') }
  const bar = (label: string, value: number) => ({ label, value, shown: format.number(value) })
  return (
    <>
      {products.length > 0 && (
        <>
          <Card title={t('releases.chart.months')}>
            <BarChart
              {...heads}
              title={t('releases.chart.months')}
              labelHead={t('releases.chart.month')}
              bars={months.map(({ month, count }) => bar(format.month(month), count))}
            />
          </Card>
          <Card title={t('releases.chart.products')}>
            <RowChart
              {...heads}
              title={t('releases.chart.products')}
              labelHead={t('downloads.product')}
              bars={products.map(({ product, count }) => bar(product, count))}
            />
          </Card>
        </>
      )}
      <HistoryTable {...{ t, format, rows, moreHref }} organizations />
    </>
  )
}
