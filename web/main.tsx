const { pathname } = window.location

// the portal is an app of its own: on a phone nobody waits for the tools of IT
void (pathname === '/portal' || pathname.startsWith('/portal/') ? import('./portal/main.tsx') : import('./staff.tsx'))
