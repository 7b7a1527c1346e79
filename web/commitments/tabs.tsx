import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { ViewTabs } from '../ui/Tabs.tsx'

/** Views of commitments, and the series they come from. */
export function CommitmentTabs({ current }: { current: 'mine' | 'late' | 'aside' | 'all' | 'series' }) {
  const view = (id: 'late' | 'aside' | 'all') => ({
    id,
    title: t(`commitments.view.${id}`),
    to: paths.commitments,
    search: { view: id },
  })
  return (
    <ViewTabs
      label={t('commitments.title')}
      current={current}
      tabs={[
        { id: 'mine', title: t('commitments.view.mine'), to: paths.commitments },
        view('late'),
        view('aside'),
        view('all'),
        { id: 'series', title: t('series.title'), to: paths.commitmentSeries },
      ]}
    />
  )
}
