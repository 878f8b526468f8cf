# The image of every Cutaway service: one hash-locked environment, no compiler, no secret, not root.
# It includes PyAV's wheel and with it GPL code: read NOTICE before you pass the image on.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/cutaway
WORKDIR /src
COPY requirements.lock requirements-build.lock ./
# The build backend gets an environment of its own: it is not part of the image.
RUN /opt/cutaway/bin/pip install --require-hashes -r requirements.lock \
 && pip install --require-hashes -r requirements-build.lock
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY orchestrator orchestrator
COPY providers providers
COPY policies policies
RUN hatchling build -t wheel -d /tmp/wheel && /opt/cutaway/bin/pip install --no-deps --no-index /tmp/wheel/*.whl

FROM python:3.12-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin cutaway \
 && install -d -o cutaway -g cutaway /data
COPY --from=build /opt/cutaway /opt/cutaway
COPY LICENSE NOTICE /usr/share/doc/cutaway/
ENV PATH=/opt/cutaway/bin:$PATH PYTHONUNBUFFERED=1 CUTAWAY_DATA_DIR=/data
USER cutaway
WORKDIR /data
VOLUME /data
STOPSIGNAL SIGTERM
CMD ["cutaway", "worker"]
