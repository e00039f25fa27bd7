# syntax=docker/dockerfile:1
FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY pom.xml .
COPY src/main src/main
COPY devices devices
RUN mvn -B -q -DskipTests -Dmaven.test.skip=true package

FROM eclipse-temurin:17-jre-jammy
RUN useradd --system --uid 10001 --create-home dustwarden \
    && mkdir -p /data /register \
    && chown dustwarden /data
COPY --from=build /src/target/dustwarden.jar /app/dustwarden.jar
USER dustwarden
ENV DUSTWARDEN_DATA=/data DUSTWARDEN_REGISTER=/register
VOLUME /data
EXPOSE 8080 8081 1883 5212
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8081 && printf 'GET /livez HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q ' 200 ' <&3"]
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=70", "-jar", "/app/dustwarden.jar"]
CMD ["serve"]
