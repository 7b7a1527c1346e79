import './sentences.ts'
import '../ui/theme.css'
import './portal.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { whenSignedOut } from '../platform/client.ts'
import { paths } from '../platform/paths.ts'
import { queryClient } from '../platform/query.ts'
import { followScheme } from './scheme.ts'
import { router } from './routes.tsx'

whenSignedOut(() => {
  const { pathname, search } = window.location
  window.location.replace(`${paths.signIn}?return=${encodeURIComponent(pathname + search)}`)
})
followScheme()

const root = document.getElementById('root')
if (root !== null)
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  )
