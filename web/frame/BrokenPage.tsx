import { t } from '../platform/i18n.ts'
import { Page } from '../ui/Page.tsx'
import { ErrorView } from '../ui/StateViews.tsx'

/** The page itself failed: a fault of ours, or a piece of an older version that is gone from the server. Drafts are kept. */
export const BrokenPage = ({ error }: { error: unknown }) => (
  <Page title={t('broken.title')}>
    <ErrorView error={error} onRetry={() => window.location.reload()} />
  </Page>
)
