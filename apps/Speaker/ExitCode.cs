namespace Loa.Speaker;

/// <summary>What the process says when it ends, for whoever supervises it.</summary>
static class ExitCode
{
    public const int Good = 0;

    /// <summary>The command line is wrong; trying again does not help.</summary>
    public const int Usage = 2;

    /// <summary>The data folder cannot be used.</summary>
    public const int Storage = 3;

    /// <summary>It is asked to obey another root than the one it has pinned.</summary>
    public const int Trust = 4;

    /// <summary>The software that was to be started cannot be.</summary>
    public const int Unstartable = 5;

    /// <summary>It ended in good order and is to be started again at once.</summary>
    public const int Restart = 10;
}
