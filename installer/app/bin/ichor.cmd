@echo off
rem Starts Ichor with the first Java 25 or newer of ICHOR_JAVA_HOME, JAVA_HOME, PATH and the usual folders.
setlocal EnableExtensions
set "home=%~dp0.."
set "java="
if defined ICHOR_JAVA_HOME call :try "%ICHOR_JAVA_HOME%\bin\java.exe"
if not defined java if defined JAVA_HOME call :try "%JAVA_HOME%\bin\java.exe"
if not defined java for %%J in (java.exe) do call :try "%%~$PATH:J"
if not defined java for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\*" "%ProgramFiles%\Java\*" "%ProgramFiles%\Microsoft\jdk*") do if not defined java call :try "%%~D\bin\java.exe"
if not defined java (
    echo Ichor needs Java 25 or newer and found none: install a JDK 25, or name one with ICHOR_JAVA_HOME. 1>&2
    exit /b 1
)
"%java%" --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xms24m -Xmx512m -cp "%home%\lib\*" dev.ichor.Ichor %*
exit /b %ERRORLEVEL%

:try
if not exist "%~1" exit /b
for /f "tokens=3" %%V in ('""%~1" -version 2>&1 | findstr /i version"') do set "version=%%~V"
for /f "delims=.-+ tokens=1" %%M in ("%version%") do if %%M GEQ 25 set "java=%~1"
exit /b
