using Loa.Audio;

namespace Loa.Newsroom.Voices;

/// <summary>A sentence as a voice has read it: the levelled master, and what is heard of it.</summary>
/// <param name="Master">WAV, 48 kHz mono 16-bit.</param>
/// <param name="Air">Ogg Opus.</param>
sealed record SentenceSound(string Key, string Master, string Air)
{
    /// <summary>Whether both lie there whole; a machine that lost power may have left half of one.</summary>
    public bool IsWhole
    {
        get
        {
            if (!File.Exists(Master) || !File.Exists(Air))
                return false;
            var fault = OggOpus.TryOpen(File.ReadAllBytes(Air), out var air);
            return fault == OggFault.None
                && (air!.Duration - SentenceStore.LengthOf(new FileInfo(Master))).Duration() < SpeechPipeline.Edge;
        }
    }
}
