using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

/// <summary>What a supervisor is told at its start.</summary>
/// <param name="Data">The speaker's own folder, in which the slots lie.</param>
/// <param name="Factory">The software that is always there.</param>
/// <param name="Arguments">What each software is started with.</param>
/// <param name="MostStarts">So often may a trial start.</param>
/// <param name="TrialTime">So long may one start of a trial take until it is confirmed.</param>
sealed record SupervisorOptions(
    string Data,
    string Factory,
    IReadOnlyList<string> Arguments,
    int MostStarts,
    TimeSpan TrialTime
);

/// <summary>Starts the software that is in force and starts it again when it ends; new software that does not prove itself is taken back.</summary>
/// <remarks>
/// It is part of the factory's software and is never updated itself. It writes the pointer only while no software runs, and
/// the software only while it runs, so that neither overwrites the other.
/// </remarks>
sealed class Supervisor(SupervisorOptions options, TimeProvider clock, EventLog log)
{
    // Whoever ran so long did not fail at its start.
    static readonly TimeSpan steady = TimeSpan.FromMinutes(1);

    readonly Slots software = new(new Disk(options.Data), Slots.Software);
    readonly Slots configuration = new(new Disk(options.Data), Slots.Configuration);
    readonly Backoff backoff = new();

    /// <summary>Runs until cancelled, or until the software says that trying again does not help.</summary>
    /// <exception cref="IOException">The folder cannot be used, or another supervisor uses it.</exception>
    public async Task<int> Run(CancellationToken cancel)
    {
        Directory.CreateDirectory(options.Data);
        await using var mine = new FileStream(
            Path.Combine(options.Data, "keeper.lock"),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );
        SupervisedProcess.EndOrphan(options.Data);
        while (true)
        {
            var began = clock.GetTimestamp();
            var onTrial = Choose(out var program);
            var code = await Watch(program, onTrial, cancel);
            if (cancel.IsCancellationRequested)
                return ExitCode.Good;
            log.Tell("software-ended", ("code", code), ("program", program));
            if (code is ExitCode.Usage or ExitCode.Trust && !onTrial)
                return code;
            if (code == ExitCode.Restart || clock.GetElapsedTime(began) >= steady)
                backoff.Reset();
            if (code == ExitCode.Restart)
                continue;
            try
            {
                await Task.Delay(backoff.Next(), clock, cancel);
            }
            catch (OperationCanceledException)
            {
                return ExitCode.Good;
            }
        }
    }

    bool Choose(out string program)
    {
        var pointer = software.Start(options.MostStarts);
        var settings = configuration.Start(options.MostStarts);
        program =
            pointer.Current == Slot.Factory
                ? options.Factory
                : Path.Combine(options.Data, software.FolderOf(pointer.Current), Packages.Program);
        log.Tell(
            "software-start",
            ("slot", pointer.Current),
            ("version", pointer.CurrentVersion),
            ("configuration", settings.CurrentVersion),
            ("trial", pointer.Trial?.Starts ?? settings.Trial?.Starts)
        );
        return OnTrial;
    }

    bool OnTrial => software.Pointer.Trial is not null || configuration.Pointer.Trial is not null;

    async Task<int> Watch(string program, bool onTrial, CancellationToken cancel)
    {
        await using var process = SupervisedProcess.Start(program, options.Arguments, options.Data);
        if (process is null)
            return ExitCode.Unstartable;
        if (onTrial && !await process.Ends(options.TrialTime, clock, cancel) && !cancel.IsCancellationRequested)
        {
            if (OnTrial)
            {
                // It hangs, or never reached the server. Dead first, so that it cannot confirm itself afterwards.
                await process.Kill();
                if (OnTrial)
                    TakeBack();
            }
        }
        return await process.End(cancel);
    }

    void TakeBack()
    {
        log.Tell("trial-failed", ("version", software.Pointer.Trial?.Version ?? configuration.Pointer.Trial?.Version));
        software.RollBack();
        configuration.RollBack();
    }
}
