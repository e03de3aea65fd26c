# The image brings its own Node 26, so neither npm's copy of it nor any tool of development enters.
FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional

FROM node:26-slim
ENV NODE_ENV=production DATA_DIR=/data
WORKDIR /app
RUN mkdir /data && chown node:node /data
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY retrieval ./retrieval
COPY citations ./citations
COPY generation ./generation
COPY bot ./bot
USER node
VOLUME /data
# The bot listens on no port: it leaves a sign of life in the data folder (bot/state/heartbeat.ts).
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "bot/cli/health.ts"]
CMD ["node", "--max-semi-space-size=2", "--heap-growing-percent=60", "--v8-pool-size=1", "-r", "./bot/check-node.cts", "bot/main.ts"]
