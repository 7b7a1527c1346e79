# One image for every node; described in docs/operating/install.md.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY . .
# Installs the packages, the pinned runtime among them, and builds the web app; then leaves behind what only builds and tests need.
RUN node -e "import('/app/bootstrap/setup.mjs').then((m) => m.setUp({ web: true }))" \
  && npm prune --omit=dev --no-audit --no-fund

# The pinned runtime needs libatomic.
FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends libatomic1 && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /var/lib/linchpin --shell /usr/sbin/nologin linchpin \
  && install -d -o linchpin -g linchpin -m 0711 /var/lib/linchpin/data
COPY --from=build /app /app
WORKDIR /app
# Flags and environment of the server are those of bootstrap/setup.mjs.
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 LINCHPIN_DATA=/var/lib/linchpin/data MALLOC_ARENA_MAX=2
USER linchpin
VOLUME /var/lib/linchpin/data
EXPOSE 8080
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s \
  CMD ["node_modules/.bin/node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Ends the work in order, within half a minute.
STOPSIGNAL SIGTERM
ENTRYPOINT ["node_modules/.bin/node", "--max-semi-space-size=16", "--max-old-space-size=1024", "cli/main.ts"]
CMD ["serve"]
