import { Link } from '@tanstack/react-router'
import { t } from '../platform/i18n.ts'
import { paths } from '../platform/paths.ts'
import { Page } from '../ui/Page.tsx'
import { NotFoundView } from '../ui/StateViews.tsx'

export const NotFoundPage = () => (
  <Page title={t('notFound.title')}>
    <NotFoundView actions={<Link to={paths.today}>{t('notFound.home')}</Link>} />
  </Page>
)
