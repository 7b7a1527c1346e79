import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { custodies, type Custody } from '../../contract/custody.ts'
import { useAddress } from '../platform/address.ts'
import { t } from '../platform/i18n.ts'
import { count, plainDay } from '../platform/moments.ts'
import { paths } from '../platform/paths.ts'
import { useAskPages } from '../platform/query.ts'
import { useMay } from '../platform/session.ts'
import type { Column } from '../ui/columns.ts'
import { thingWords } from '../ui/CustodyLines.tsx'
import { ListPage } from '../ui/ListPage.tsx'
import { Moment } from '../ui/Moment.tsx'
import { ViewTabs } from '../ui/Tabs.tsx'

const views = {
  open: { open: true },
  overdue: { overdue: true },
  waiting: { open: true, acceptance: 'waiting' },
  declined: { open: true, acceptance: 'declined' },
  all: {},
} as const
type View = keyof typeof views
const isView = (text: string | undefined): text is View => text !== undefined && text in views

const columns = (): Column<Custody>[] => [
  { id: 'thing', title: t('custody.thing'), width: 'grow', main: true, render: thingWords },
  { id: 'holder', title: t('assets.holder'), width: 210, weight: 2, render: (c) => c.holder.name },
  { id: 'from', title: t('custody.since'), width: 130, render: (c) => <Moment at={c.from} as="nearby" /> },
  {
    id: 'back',
    title: t('custody.dueBack'),
    width: 130,
    render: (c) => (c.dueBackOn === null ? null : c.overdue ? <b>{plainDay(c.dueBackOn)}</b> : plainDay(c.dueBackOn)),
  },
  {
    id: 'terms',
    title: t('myThings.terms'),
    width: 150,
    render: (c) => (c.acceptance === 'none' ? null : t('custody.terms', { acceptance: c.acceptance })),
  },
  {
    id: 'ended',
    title: t('custody.overTitle'),
    width: 190,
    render: (c) =>
      c.ended === null ? null : t('custody.ended', { how: c.ended.how, condition: c.ended.condition ?? 'none' }),
  },
]

/** Who has what, what should be back, and whose answer is waited for. */
export default function CustodyPage() {
  const [address] = useAddress()
  const view = isView(address['view']) ? address['view'] : 'open'
  const list = useAskPages(custodies.list, { ...views[view], limit: 100, count: 'capped' })
  const mayWork = useMay('assets.work')
  const mayWord = useMay('assets.configure')
  return (
    <ListPage
      title={t('custody.title')}
      figure={list.total === undefined ? undefined : t('custody.figure', { n: count(list.total, list.totalCapped) })}
      actions={
        <>
          {mayWork && (
            <Button component={Link} to={paths.custodyDesk()}>
              {t('desk.title')}
            </Button>
          )}
          {mayWord && (
            <Button component={Link} to={paths.custodyTerms} variant="default">
              {t('custodyTerms.title')}
            </Button>
          )}
        </>
      }
      tabs={
        <ViewTabs
          label={t('custody.title')}
          current={view}
          tabs={(Object.keys(views) as View[]).map((id) => ({
            id,
            title: t(`custody.view.${id}`),
            to: `${paths.custody}?view=${id}`,
          }))}
        />
      }
      list={list}
      columns={columns()}
      addressOf={(c) => (c.asset === null ? paths.stockItem(c.stock?.id ?? '') : paths.asset(c.asset.tag))}
      empty={{ title: t('custody.empty'), help: t('custody.emptyHelp') }}
    />
  )
}
