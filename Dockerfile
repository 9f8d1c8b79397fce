# The browser's files, the program, and a small image that runs it as nobody in particular.
FROM node:22-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-fund --no-audit
COPY assets assets
RUN node assets/build.mjs

FROM rust:1-bookworm AS build
WORKDIR /src
COPY Cargo.toml Cargo.lock clippy.toml ./
COPY crates crates
COPY --from=assets /src/assets assets
RUN cargo build --release --locked -p dacheng

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/dacheng --create-home --shell /usr/sbin/nologin dacheng
COPY --from=build /src/target/release/dacheng /usr/local/bin/dacheng
USER 10001
WORKDIR /var/lib/dacheng
VOLUME /var/lib/dacheng
# Exports are written to files without a name: to the disk, not to a /tmp in memory.
ENV DACHENG_LISTEN=0.0.0.0:8080 DACHENG_LOG_FORMAT=json TMPDIR=/var/lib/dacheng
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=3 \
    CMD curl --fail --silent --show-error http://127.0.0.1:8080/readyz
ENTRYPOINT ["dacheng"]
CMD ["serve"]
