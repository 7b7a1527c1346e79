import './platform/first-sentences.ts'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './ui/theme.css'
import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { whenSignedOut } from './platform/client.ts'
import { paths } from './platform/paths.ts'
import { queryClient } from './platform/query.ts'
import { themeManager } from './platform/theme.ts'
import { router } from './routes.tsx'
import { cssVariables, theme } from './ui/theme.ts'

whenSignedOut(() => {
  const { pathname, search } = window.location
  if (pathname === paths.signIn) return
  queryClient.clear()
  void router.navigate({ to: paths.signIn, search: { return: pathname + search }, replace: true } as never)
})

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={themeManager}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queryClient}>
        <Notifications position="bottom-center" limit={3} containerWidth={420} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
}
