# The local service, from nothing but Node.js, the libraries it is linked with, the bundle and the packages it loads: no
# shell and no package manager. docs/docker.md says how it is run.
#
#   docker build -t change-tracking-service .

# Any Linux image with Node.js 24 and npm. Of it only Node.js and its libraries reach the result.
ARG BASE=node:24-slim

FROM ${BASE} AS packages
# What is left of a build can be found by it: docker image prune --filter label=change-tracking.stage=build
LABEL change-tracking.stage=build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY provider/package.json provider/
COPY records/package.json records/
COPY service/package.json service/
RUN ["npm", "ci", "--omit=dev", "--ignore-scripts", "--workspace=change-tracking-service"]

FROM packages AS build
RUN ["npm", "ci", "--ignore-scripts"]
COPY contract/ contract/
COPY provider/ provider/
COPY records/ records/
COPY service/ service/
COPY tools/ tools/
RUN ["node", "tools/build.ts"]
RUN ["node", "tools/docker/runtime.ts", "/runtime"]
WORKDIR /data

FROM scratch
LABEL org.opencontainers.image.title="change-tracking-service" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.source="https://github.com/pulumi-change-tracking/pulumi-change-tracking"
COPY --from=build /runtime/ /
COPY --from=packages /src/node_modules/ /app/node_modules/
COPY LICENSE service/rocketmq-grpc/wire/published/NOTICE /app/
COPY service/package.json /app/service/
COPY --from=build /src/service/dist/ /app/service/dist/
# A new volume takes its owner from here.
COPY --from=build --chown=65532:65532 /data/ /data/

# Beyond loopback the service starts only with a key and a token of your own; both come from files.
ENV CHANGE_TRACKING_HOST=0.0.0.0 \
    CHANGE_TRACKING_DATA=/data
USER 65532:65532
VOLUME ["/data"]
EXPOSE 8780 18001 18081
ENTRYPOINT ["/usr/local/bin/node", "/app/service/dist/main.js"]
HEALTHCHECK --interval=10s --timeout=10s --start-period=30s --retries=3 \
  CMD ["/usr/local/bin/node", "/app/service/dist/main.js", "health"]
