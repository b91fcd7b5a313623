import { statuses } from '../../licenses/index.ts'
import type { Format, T } from '../../platform/i18n.ts'
import { Card } from '../../ui/card.tsx'
import { BarChart, RowChart } from '../../ui/chart.tsx'
import { Grid } from '../../ui/grid.tsx'
import { urls } from '../../urls.ts'
import type { Statistics } from '../statistics.ts'

type Props = { t: T; format: Format; statistics: Statistics }

/** What the licenses are: by status, by product, and when they end. */
export function Charts({ t, format, statistics }: Props) {
  const { products, other_products, statuses: counted, months } = statistics
  const bar = (label: string, value: number, href?: string) => ({ label, value, shown: format.number(value), href })
  const byStatus = statuses.flatMap((status) => {
    const count = counted.find((each) => each.status === status)?.count
    return count ? [bar(t(`licenses.status.${status}`), count, urls.licenses.catalog.to({ status }))] : []
  })
  const byProduct = products.map(({ code, name, count }) =>
    bar(name, count, urls.licenses.catalog.to({ product: code })),
  )
  const others = other_products > 0 ? [bar(t('home.chart.other_products'), other_products)] : []
  const heads = { t, valueHead: t('home.chart.licenses') }
  const foot = t('home.chart.counted', { when: format.moment(statistics.computed_at) })
  return (
    <>
      <Grid>
        <Card title={t('home.chart.by_status')}>
          <RowChart {...heads} title={t('home.chart.by_status')} labelHead={t('home.chart.status')} bars={byStatus} />
        </Card>
        <Card title={t('home.chart.by_product')}>
          <RowChart
            {...heads}
            title={t('home.chart.by_product')}
            labelHead={t('home.chart.product')}
            bars={[...byProduct, ...others]}
          />
        </Card>
      </Grid>
      <Card title={t('home.chart.by_end')} foot={foot}>
        <BarChart
          {...heads}
          title={t('home.chart.by_end')}
          labelHead={t('home.chart.month')}
          bars={months.map(({ month, count }) => bar(format.month(month), count))}
        />
      </Card>
    </>
  )
}
