# The wheel is built in one image and installed, with hash-pinned dependencies, in another without build tools.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY bot bot
COPY knowledge knowledge
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --create-home --home-dir /data motcua
COPY requirements.lock /wheels/
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir --require-hashes --requirement /wheels/requirements.lock \
    && pip install --no-cache-dir --no-deps /wheels/*.whl \
    && rm -r /wheels
USER 10001
WORKDIR /data
ENV MOTCUA_DATABASE=sqlite:////data/motcua.db \
    PYTHONUTF8=1 \
    PYTHONDONTWRITEBYTECODE=1
VOLUME ["/data"]
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["motcua", "health"]
ENTRYPOINT ["motcua"]
CMD ["run"]
