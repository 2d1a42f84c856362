using Loa.Speaker.Store;

namespace Loa.Speaker.Controls;

/// <summary>What an operator has set, kept over a power cut.</summary>
static class ControlParts
{
    /// <param name="power">Switches the real amplifier; absent when it cannot be switched.</param>
    public static Parts AddControls(this Parts parts, Action<bool>? power)
    {
        var journal = parts.Get<Journal>();
        parts.Add(new Volume(journal, parts.Get<Settings>().Horns));
        parts.Add(new Amplifier(journal, power ?? (_ => { })));
        parts.Add(new Pause(journal, parts.Get<TimeProvider>()));
        return parts;
    }
}
