FROM node:24.22.3-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci
COPY . .
RUN npm run build:bundle && npm run build:console
# The data folder needs this package, which others install when they need it.
RUN npm pkg set dependencies.classic-level="*" && npm pkg delete devDependencies.classic-level && npm prune --omit=dev

FROM node:24.22.3-bookworm-slim
LABEL org.opencontainers.image.title="vod-viapi-emulator" org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production VOD_VIAPI_EMULATOR_HOST=0.0.0.0
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/node_modules ./node_modules
COPY --from=build /build/dist ./dist
COPY --from=build /build/fixtures ./fixtures
# For who mounts a volume and sets VOD_VIAPI_EMULATOR_DATA_DIR=/data.
RUN mkdir /data && chown node:node /data
USER node
EXPOSE 4010
HEALTHCHECK --interval=10s --timeout=3s --start-period=5s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.VOD_VIAPI_EMULATOR_PORT ?? 4010}/_emulator/health`).then((r) => process.exit(r.ok || r.status === 401 ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli.js"]
