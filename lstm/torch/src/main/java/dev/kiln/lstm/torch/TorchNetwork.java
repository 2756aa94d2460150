package dev.kiln.lstm.torch;

import dev.kiln.lstm.worker.engine.Batch;
import dev.kiln.lstm.worker.engine.Descent;
import dev.kiln.lstm.worker.engine.Gradient;
import dev.kiln.lstm.worker.engine.Network;
import dev.kiln.lstm.worker.engine.NetworkShape;
import dev.kiln.lstm.worker.engine.NetworkState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The network on LibTorch. All weights are parts of one flat tensor, and so are all gradients, so that Adam is a
 * handful of operations. Every call has a scope that frees what it made; what lives on holds a reference.
 */
final class TorchNetwork implements Network {

    private final NetworkShape shape;
    private final Descent descent;
    private final List<NetworkShape.Parameter> parameters;
    private final Device device;
    private final Device host;
    private final Tensor weights;
    private final Tensor gradients;
    private final Tensor first;
    private final Tensor second;
    private final TensorVector lstm;
    private final Tensor outputWeights;
    private final TensorOptional outputBias;
    private long steps;

    TorchNetwork(NetworkShape shape, NetworkState state, Descent descent, boolean cuda) {
        this.shape = shape;
        this.descent = descent;
        parameters = shape.parameters();
        try (var _ = new PointerScope()) {
            device = new Device(cuda ? "cuda" : "cpu");
            host = new Device("cpu");
            weights = flat(state.weights());
            gradients = flat(Map.of());
            first = flat(state.firstMoments());
            second = flat(state.secondMoments());
            List<Tensor> parts = parts();
            lstm = new TensorVector(parts.subList(0, parts.size() - 2).toArray(Tensor[]::new));
            outputWeights = parts.get(parts.size() - 2);
            outputBias = new TensorOptional(parts.getLast());
            device.retainReference();
            host.retainReference();
            for (Tensor lasting : List.of(weights, gradients, first, second, outputWeights)) {
                lasting.retainReference();
            }
            lstm.retainReference();
            outputBias.retainReference();
        }
        steps = state.steps();
    }

    /** The weights as leaves of the graph, each with its gradient, all of them views. */
    private List<Tensor> parts() {
        List<Tensor> parts = new ArrayList<>();
        long offset = 0;
        for (NetworkShape.Parameter p : parameters) {
            long[] sizes = p.columns() == 1 && p.name().contains("bias")
                    ? new long[] {p.rows()}
                    : new long[] {p.rows(), p.columns()};
            Tensor part = weights.narrow(0, offset, p.size()).view(sizes).detach();
            part.set_requires_grad(true);
            part.mutable_grad().put(gradients.narrow(0, offset, p.size()).view(sizes));
            parts.add(part);
            offset += p.size();
        }
        return parts;
    }

    @Override
    public double train(Batch batch) {
        try (var _ = new PointerScope()) {
            double loss = slope(batch);
            descend();
            return loss;
        }
    }

    @Override
    public Gradient gradient(Batch batch) {
        try (var _ = new PointerScope()) {
            double loss = slope(batch);
            return new Gradient(batch.size(), loss, List.copyOf(split(gradients).values()));
        }
    }

    @Override
    public void step(Gradient gradient) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            float[] all = new float[shape.size()];
            int offset = 0;
            for (float[] part : gradient.values()) {
                System.arraycopy(part, 0, all, offset, part.length);
                offset += part.length;
            }
            gradients.copy_(Tensor.create(all, all.length));
            descend();
        }
    }

    @Override
    public void predict(Batch batch, float[][] out) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            float[] all = floats(forward(batch));
            for (int w = 0; w < batch.size(); w++) {
                System.arraycopy(all, w * shape.outputs(), out[w], 0, shape.outputs());
            }
        }
    }

    private Tensor forward(Batch batch) {
        int n = batch.size();
        int inputs = shape.inputs();
        float[] x = new float[shape.window() * n * inputs];
        for (int t = 0; t < shape.window(); t++) {
            for (int w = 0; w < n; w++) {
                System.arraycopy(batch.x()[t][w], 0, x, (t * n + w) * inputs, inputs);
            }
        }
        Tensor nothing = placed(
                Tensor.create(new float[shape.layers() * n * shape.hidden()], shape.layers(), n, shape.hidden()));
        Tensor states = torch.lstm(
                        placed(Tensor.create(x, shape.window(), n, inputs)),
                        new TensorVector(nothing, nothing),
                        lstm,
                        true,
                        shape.layers(),
                        0,
                        true,
                        false,
                        false)
                .get0();
        return torch.linear(states.select(0, shape.window() - 1), outputWeights, outputBias);
    }

    /** Writes the gradients; returns the loss. */
    private double slope(Batch batch) {
        int n = batch.size();
        int outputs = shape.outputs();
        float[] y = new float[n * outputs];
        for (int w = 0; w < n; w++) {
            System.arraycopy(batch.y()[w], 0, y, w * outputs, outputs);
        }
        try (var _ = new NoGradGuard()) {
            gradients.zero_();
        }
        Tensor loss = torch.mse_loss(forward(batch), placed(Tensor.create(y, n, outputs)));
        loss.backward();
        return loss.item_float();
    }

    private void descend() {
        try (var _ = new NoGradGuard()) {
            if (descent.clip() > 0) {
                double shrink = descent.shrink(gradients.norm().item_float());
                if (shrink < 1) {
                    gradients.mul_(new Scalar(shrink));
                }
            }
            steps++;
            double step = descent.learningRate() / (1 - Math.pow(Descent.BETA1, (double) steps));
            double root = Math.sqrt(1 - Math.pow(Descent.BETA2, (double) steps));
            first.mul_(new Scalar(Descent.BETA1)).add_(gradients, new Scalar(1 - Descent.BETA1));
            second.mul_(new Scalar(Descent.BETA2)).addcmul_(gradients, gradients, new Scalar(1 - Descent.BETA2));
            Tensor size = second.sqrt().div_(new Scalar(root)).add_(new Scalar(Descent.EPSILON));
            weights.addcdiv_(first, size, new Scalar(-step));
        }
    }

    @Override
    public NetworkState state() {
        try (var _ = new PointerScope()) {
            return new NetworkState(split(weights), split(first), split(second), steps);
        }
    }

    @Override
    public void restore(NetworkState state) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            weights.copy_(flat(state.weights()));
            first.copy_(flat(state.firstMoments()));
            second.copy_(flat(state.secondMoments()));
            steps = state.steps();
        }
    }

    /** All numbers one after another; zeros for what the map does not have. */
    private Tensor flat(Map<String, float[]> by) {
        float[] all = new float[shape.size()];
        int offset = 0;
        for (NetworkShape.Parameter p : parameters) {
            float[] values = by.get(p.name());
            if (values != null) {
                System.arraycopy(values, 0, all, offset, p.size());
            }
            offset += p.size();
        }
        return placed(Tensor.create(all, all.length));
    }

    private Map<String, float[]> split(Tensor flat) {
        float[] all = floats(flat);
        Map<String, float[]> by = new LinkedHashMap<>();
        int offset = 0;
        for (NetworkShape.Parameter p : parameters) {
            float[] values = new float[p.size()];
            System.arraycopy(all, offset, values, 0, values.length);
            by.put(p.name(), values);
            offset += p.size();
        }
        return by;
    }

    private Tensor placed(Tensor onHost) {
        return device.is_cpu() ? onHost : onHost.to(device, torch.ScalarType.Float);
    }

    private float[] floats(Tensor tensor) {
        Tensor onHost = (device.is_cpu() ? tensor : tensor.to(host, torch.ScalarType.Float)).contiguous();
        float[] values = new float[Math.toIntExact(onHost.numel())];
        new FloatPointer(onHost.data_ptr_float()).get(values);
        return values;
    }

    @Override
    public void close() {
        for (Tensor lasting : List.of(weights, gradients, first, second, outputWeights)) {
            lasting.releaseReference();
        }
        lstm.releaseReference();
        outputBias.releaseReference();
        device.releaseReference();
        host.releaseReference();
    }
}
