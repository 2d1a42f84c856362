using System.CommandLine;
using System.Net.Sockets;
using Loa.Kernel;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;

namespace Loa.Server.Start;

/// <summary><c>loa serve</c>: the server itself, until it is told to stop.</summary>
static class ServeCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data")
        {
            DefaultValueFactory = _ => "data",
            Description = "folder for all that the server keeps",
        };
        var port = new Option<int>("--port") { DefaultValueFactory = _ => 8080, Description = "HTTP port" };
        var mqttPort = new Option<int>("--mqtt-port")
        {
            DefaultValueFactory = _ => 18830,
            Description = "port of the device gateway",
        };
        var demo = new Option<bool>("--demo") { Description = "demo province, demo accounts, root key on disk" };
        var command = new Command("serve", "run the server") { data, port, mqttPort, demo };
        command.SetAction(
            (parsed, cancel) =>
                Serve(
                    Args(
                        parsed.GetValue(data)!,
                        parsed.GetValue(port),
                        parsed.GetValue(mqttPort),
                        parsed.GetValue(demo)
                    ),
                    (app, _) => app.UntilToldToStop(cancel),
                    cancel
                )
        );
        return command;
    }

    public static string[] Args(string data, int port, int mqttPort, bool demo) =>
        [$"--Data={data}", $"--Port={port}", $"--Mqtt:Port={mqttPort}", $"--Demo={demo}"];

    /// <summary>Waits for Ctrl-C, SIGTERM or the caller.</summary>
    public static async Task UntilToldToStop(this WebApplication app, CancellationToken cancel)
    {
        var told = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var stopping = app.Lifetime.ApplicationStopping.Register(() => told.TrySetResult());
        using var cancelled = cancel.Register(() => told.TrySetResult());
        await told.Task;
    }

    /// <summary>Opens the server, does the work while it is open, and closes it; what an operator can mend is told in one sentence and gives 1.</summary>
    public static async Task<int> Serve(
        string[] args,
        Func<WebApplication, Uri, Task> whileOpen,
        CancellationToken cancel
    )
    {
        try
        {
            await using var app = LoaServer.Build(args);
            await app.Open(cancel);
            var listening = app
                .Services.GetRequiredService<IServer>()
                .Features.Get<IServerAddressesFeature>()!
                .Addresses.First();
            var address = new Uri(listening.Replace("0.0.0.0", "localhost", StringComparison.Ordinal));
            Console.WriteLine(Words.Get("start.listening", address));
            try
            {
                await whileOpen(app, address);
            }
            finally
            {
                // Workers finish what they hold, whatever ended the work.
                await app.StopAsync(CancellationToken.None);
            }
            if (!app.Services.GetRequiredService<OneServer>().IsLost)
                return 0;
            await Console.Error.WriteLineAsync(Words.Get("start.lost-database"));
            return 1;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception e) when (Sentence(e) is { } sentence)
        {
            await Console.Error.WriteLineAsync(sentence);
            return 1;
        }
    }

    // What an operator can mend himself is told in one sentence; anything else is a bug and shows its trace.
    static string? Sentence(Exception exception) =>
        exception switch
        {
            TakenException e => e.Message,
            CannotStartException e => e.Message,
            IOException
            {
                InnerException: Microsoft.AspNetCore.Connections.AddressInUseException or SocketException
            } e => Words.Get("start.port-in-use", e.Message),
            SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse } e => Words.Get(
                "start.port-in-use",
                e.Message
            ),
            SocketException { SocketErrorCode: SocketError.AccessDenied } e => Words.Get(
                "start.port-denied",
                e.Message
            ),
            UnauthorizedAccessException e => Words.Get("start.no-access", e.Message),
            SqliteException { SqliteErrorCode: 13 or 14 or 8 or 10 } e => Words.Get("start.no-disk", e.Message),
            IOException e => Words.Get("start.no-disk", e.Message),
            Npgsql.NpgsqlException e => Words.Get("start.no-postgres", e.Message),
            _ => null,
        };
}
