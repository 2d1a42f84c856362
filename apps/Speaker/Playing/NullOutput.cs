namespace Loa.Speaker.Playing;

/// <summary>Nobody hears it: all is done in its time but decoded by nobody, so that one machine can be a thousand speakers.</summary>
sealed class NullOutput : IOutput
{
    public bool IsHeard => false;

    public ITrack Open(int horns, TimeProvider clock) =>
        throw new InvalidOperationException("Nobody hears it, so there is nothing to open.");
}
