# Three stages: front-end files, Python packages and collected files, and the small image that runs.
# No compiler, package manager of ours, test or demo server reaches the last one.

FROM node:22-slim AS front-end
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev

FROM python:3.13-slim AS build
WORKDIR /app
RUN python -m venv --without-pip /venv
COPY requirements/base.txt requirements/base.txt
RUN pip --python /venv/bin/python install --no-cache-dir --require-hashes --requirement requirements/base.txt
COPY . .
COPY --from=front-end /build/node_modules node_modules
# Collecting needs settings but no servers; none of these values reaches the image that runs.
RUN SECRET_KEY=only-while-building ALLOWED_HOSTS=localhost DATABASE_URL=postgres://nowhere/none REDIS_URL=redis://nowhere/0 \
    /venv/bin/python manage.py collectstatic --noinput \
    && rm -rf node_modules var/made tracker/stack tests bench requirements package.json package-lock.json .npmrc \
    && /venv/bin/python -m compileall -q /app /venv

FROM python:3.13-slim
RUN python -m pip uninstall --yes --quiet pip \
    && groupadd --gid 10001 waymark \
    && useradd --uid 10001 --gid waymark --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin waymark \
    && install --directory --owner waymark --group waymark --mode 700 /data /data/media /data/journal
COPY --from=build /venv /venv
COPY --from=build /app /app
WORKDIR /app
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    BIND=0.0.0.0:8000 \
    MEDIA_ROOT=/data/media \
    JOURNAL_ROOT=/data/journal
USER waymark
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "-m", "tracker.healthy", "/healthz/"]
CMD ["gunicorn", "--config", "python:tracker.gunicorn"]
